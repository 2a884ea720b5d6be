namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;

/// <summary>The modules of a QR code: the function patterns and the data bits between them.</summary>
internal sealed class QrCanvas
{
    private readonly int _size;
    private readonly bool[,] _isPattern;

    public QrCanvas(QrVersion version)
    {
        _size = version.Size;
        Dark = new bool[_size, _size];
        _isPattern = new bool[_size, _size];

        for (var index = 0; index < _size; index++)
        {
            Pattern(6, index, index % 2 == 0);
            Pattern(index, 6, index % 2 == 0);
        }

        foreach (var (row, column) in new[] { (3, 3), (3, _size - 4), (_size - 4, 3) })
            Rings(row, column, 4, distance => distance is not 2 and not 4);

        var middles = version.Alignments();
        foreach (var row in middles)
        {
            foreach (var column in middles)
            {
                var isFinder = (row == 6 && column == 6) || (row == 6 && column == _size - 7) || (row == _size - 7 && column == 6);
                if (!isFinder)
                    Rings(row, column, 2, distance => distance != 1);
            }
        }

        Format(0);
        if (version.Number >= 7)
            Version(version.Number);
    }

    public bool[,] Dark { get; }

    /// <summary>Places the bytes from the right in columns of two, alternately upwards and downwards, and applies the mask.</summary>
    public void Place(byte[] bytes, int mask)
    {
        var bit = 0;
        var isUpward = true;
        for (var right = _size - 1; right >= 1; right -= 2, isUpward = !isUpward)
        {
            // The column of the timing pattern is skipped.
            if (right == 6)
                right = 5;
            for (var step = 0; step < _size; step++)
            {
                var row = isUpward ? _size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 })
                {
                    if (_isPattern[row, column])
                        continue;
                    var isDark = bit < bytes.Length * 8 && ((bytes[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                    Dark[row, column] = isDark ^ IsMasked(mask, row, column);
                    bit++;
                }
            }
        }

        Format(mask);
    }

    private static bool IsMasked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0
    };

    private void Rings(int middleRow, int middleColumn, int radius, Func<int, bool> isDark)
    {
        for (var row = middleRow - radius; row <= middleRow + radius; row++)
        {
            for (var column = middleColumn - radius; column <= middleColumn + radius; column++)
            {
                if (row >= 0 && row < _size && column >= 0 && column < _size)
                    Pattern(row, column, isDark(Math.Max(Math.Abs(row - middleRow), Math.Abs(column - middleColumn))));
            }
        }
    }

    // Error correction level M (bits 00) and the mask, with ten bits of error correction, twice: around the first finder pattern, and along the two others.
    private void Format(int mask)
    {
        var remainder = mask;
        for (var step = 0; step < 10; step++)
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        var bits = ((mask << 10) | remainder) ^ 0x5412;

        for (var index = 0; index < 15; index++)
        {
            var isDark = ((bits >> index) & 1) != 0;
            Pattern(index < 6 ? index : index < 8 ? index + 1 : 8, index < 8 ? 8 : index == 8 ? 7 : 14 - index, isDark);
            Pattern(index < 8 ? 8 : _size - 15 + index, index < 8 ? _size - 1 - index : 8, isDark);
        }

        Pattern(_size - 8, 8, isDark: true);
    }

    private void Version(int number)
    {
        var remainder = number;
        for (var step = 0; step < 12; step++)
            remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1F25);
        var bits = (number << 12) | remainder;

        for (var index = 0; index < 18; index++)
        {
            var isDark = ((bits >> index) & 1) != 0;
            var far = _size - 11 + (index % 3);
            Pattern(index / 3, far, isDark);
            Pattern(far, index / 3, isDark);
        }
    }

    private void Pattern(int row, int column, bool isDark)
    {
        Dark[row, column] = isDark;
        _isPattern[row, column] = true;
    }
}

/// <summary>The penalty score of a QR code by the four rules of the standard; the mask with the lowest score is used.</summary>
internal static class QrPenalty
{
    private static readonly bool[] _finderLike = [true, false, true, true, true, false, true];

    public static int Calculate(bool[,] dark)
    {
        var size = dark.GetLength(0);
        var penalty = 0;
        for (var index = 0; index < size; index++)
        {
            var line = index;
            penalty += Line(Enumerable.Range(0, size).Select(other => dark[line, other]).ToArray());
            penalty += Line(Enumerable.Range(0, size).Select(other => dark[other, line]).ToArray());
        }

        var count = 0;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                count += dark[row, column] ? 1 : 0;
                if (row + 1 < size && column + 1 < size
                    && dark[row, column] == dark[row + 1, column] && dark[row, column] == dark[row, column + 1] && dark[row, column] == dark[row + 1, column + 1])
                {
                    penalty += 3;
                }
            }
        }

        // Ten for each full five per cent by which the share of dark modules differs from one half.
        return penalty + (Math.Abs((count * 20) - (size * size * 10)) / (size * size) * 10);
    }

    private static int Line(bool[] line)
    {
        var penalty = 0;
        for (int index = 0, run = 1; index < line.Length; index++, run++)
        {
            if (index + 1 < line.Length && line[index + 1] == line[index])
                continue;
            penalty += run >= 5 ? run - 2 : 0;
            run = 0;
        }

        // A sequence like a finder pattern, with four light modules before or after it; modules beyond the edge count as light.
        for (var start = 0; start + _finderLike.Length <= line.Length; start++)
        {
            var end = start + _finderLike.Length;
            if (line.AsSpan(start, _finderLike.Length).SequenceEqual(_finderLike) && (IsLight(start - 4, start) || IsLight(end, end + 4)))
                penalty += 40;
        }

        return penalty;

        bool IsLight(int from, int to)
        {
            for (var index = Math.Max(from, 0); index < Math.Min(to, line.Length); index++)
            {
                if (line[index])
                    return false;
            }

            return true;
        }
    }
}
