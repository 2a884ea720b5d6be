namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;

/// <summary>A version (size) of QR codes with error correction level M: its capacity and its error correction blocks.</summary>
/// <param name="Number">The version number: 1 for the smallest, 21 by 21 modules; each further version is 4 modules wider.</param>
/// <param name="CorrectionPerBlock">The number of error correction bytes in each block.</param>
/// <param name="Blocks">The number of blocks.</param>
internal sealed record QrVersion(int Number, int CorrectionPerBlock, int Blocks)
{
    private const int ByteMode = 0b0100;

    // The table of the standard for level M.
    private static readonly QrVersion[] _all =
    [
        new(1, 10, 1), new(2, 16, 1), new(3, 26, 1), new(4, 18, 2), new(5, 24, 2), new(6, 16, 4), new(7, 18, 4), new(8, 22, 4),
        new(9, 22, 5), new(10, 26, 5), new(11, 30, 5), new(12, 22, 8), new(13, 22, 9), new(14, 24, 9), new(15, 24, 10)
    ];

    /// <summary>The width in modules.</summary>
    public int Size => 17 + (4 * Number);

    private int LengthBits => Number < 10 ? 8 : 16;

    private int DataBytes => TotalBytes - (CorrectionPerBlock * Blocks);

    // The modules outside of the function patterns, in bytes. The patterns are finder patterns with format information, timing, alignment and, from version 7, version information.
    private int TotalBytes
    {
        get
        {
            var modules = (((16 * Number) + 128) * Number) + 64;
            if (Number >= 2)
            {
                var alignments = (Number / 7) + 2;
                modules -= (((25 * alignments) - 10) * alignments) - 55;
            }

            return (Number >= 7 ? modules - 36 : modules) / 8;
        }
    }

    /// <summary>Returns the smallest version with room for this many bytes of text; null if there is none.</summary>
    public static QrVersion? For(int bytes) => _all.FirstOrDefault(version => (version.DataBytes * 8) - 4 - version.LengthBits >= bytes * 8);

    /// <summary>The centre coordinates of the alignment patterns, on both axes.</summary>
    public IReadOnlyList<int> Alignments()
    {
        if (Number == 1)
            return [];
        var count = (Number / 7) + 2;
        var step = ((Number * 4) + (count * 2) + 1) / ((count * 2) - 2) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(index => Size - 7 - (step * (count - 2 - index)))];
    }

    /// <summary>Returns the text with its header, padded to the capacity of the version.</summary>
    public byte[] Pack(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[DataBytes];
        var position = 0;
        Write(ByteMode, 4);
        Write(text.Length, LengthBits);
        foreach (var value in text)
            Write(value, 8);

        // Four terminator bits, zeros up to the next byte, and then two alternating pad bytes.
        position = (Math.Min(position + 4, bytes.Length * 8) + 7) / 8;
        for (var filler = 0xEC; position < bytes.Length; filler ^= 0xEC ^ 0x11)
            bytes[position++] = (byte)filler;
        return bytes;

        void Write(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, position++)
                bytes[position / 8] |= (byte)(((value >> bit) & 1) << (7 - (position % 8)));
        }
    }

    /// <summary>Returns the data and the error correction bytes in their final order: one byte of each block in turn.</summary>
    public byte[] Interleave(byte[] data)
    {
        var shorter = Blocks - (TotalBytes % Blocks);
        var length = TotalBytes / Blocks - CorrectionPerBlock;
        var blocks = new List<byte[]>();
        for (int block = 0, start = 0; block < Blocks; block++)
        {
            var end = start + length + (block < shorter ? 0 : 1);
            blocks.Add(data[start..end]);
            start = end;
        }

        var corrections = blocks.ConvertAll(block => QrCorrection.Calculate(block, CorrectionPerBlock));
        return
        [
            .. Enumerable.Range(0, length + 1).SelectMany(index => blocks.Where(block => index < block.Length).Select(block => block[index])),
            .. Enumerable.Range(0, CorrectionPerBlock).SelectMany(index => corrections.Select(correction => correction[index]))
        ];
    }
}

/// <summary>Reed-Solomon error correction over the finite field of 256 elements that QR codes use.</summary>
internal static class QrCorrection
{
    private const int FieldPolynomial = 0x11D;

    /// <summary>Returns the remainder of the data polynomial divided by the generator polynomial of the given degree.</summary>
    public static byte[] Calculate(ReadOnlySpan<byte> data, int degree)
    {
        var generator = Generator(degree);
        var remainder = new byte[degree];
        foreach (var value in data)
        {
            var factor = value ^ remainder[0];
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var index = 0; index < degree; index++)
                remainder[index] ^= Multiply(generator[index], factor);
        }

        return remainder;
    }

    // The product of (x - 2^i), without its leading coefficient 1.
    private static byte[] Generator(int degree)
    {
        var generator = new byte[degree];
        generator[^1] = 1;
        var root = 1;
        for (var factor = 0; factor < degree; factor++)
        {
            for (var index = 0; index < degree; index++)
                generator[index] = (byte)(Multiply(generator[index], root) ^ (index + 1 < degree ? generator[index + 1] : 0));
            root = Multiply(2, root);
        }

        return generator;
    }

    private static byte Multiply(int left, int right)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product <<= 1;
            if ((product & 0x100) != 0)
                product ^= FieldPolynomial;
            if (((right >> bit) & 1) != 0)
                product ^= left;
        }

        return (byte)product;
    }
}
