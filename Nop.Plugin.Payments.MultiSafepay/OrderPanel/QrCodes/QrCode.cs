using System.Globalization;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;

/// <summary>
/// Draws a text as a QR code (ISO/IEC 18004: byte mode, error correction M, versions 1 to 15), so that a customer in the shop can pay with a telephone.
/// The plugin travels alone, without a package that could do it.
/// </summary>
public sealed class QrCode
{
    private const int QuietZone = 4;

    private readonly bool[,] _dark;

    private QrCode(bool[,] dark, int mask)
    {
        _dark = dark;
        Mask = mask;
    }

    /// <summary>The width and height in modules, without the quiet zone around.</summary>
    public int Size => _dark.GetLength(0);

    /// <summary>The mask that was chosen, 0 to 7.</summary>
    public int Mask { get; }

    /// <summary>Whether the module is dark.</summary>
    /// <param name="row">From the top, 0 first.</param>
    /// <param name="column">From the left, 0 first.</param>
    public bool this[int row, int column] => _dark[row, column];

    /// <summary>Encodes the text as UTF-8, with the mask that is easiest to read.</summary>
    /// <returns>Null for a text of more than 412 bytes: its code would be too fine to be read from a screen.</returns>
    public static QrCode? Encode(string text) => QrVersion.For(Encoding.UTF8.GetByteCount(text)) is { } version
        ? Enumerable.Range(0, 8).Select(mask => Encode(text, version, mask)).MinBy(code => QrPenalty.Calculate(code._dark))
        : null;

    /// <summary>The same with a given mask; null for a text that is too long.</summary>
    internal static QrCode? Encode(string text, int mask) => QrVersion.For(Encoding.UTF8.GetByteCount(text)) is { } version ? Encode(text, version, mask) : null;

    /// <summary>The code as an SVG picture, dark on white whatever the page's colours are, that scales with its place.</summary>
    /// <param name="title">What it is, for those who do not see it. It is encoded.</param>
    public string ToSvg(string title)
    {
        var path = new StringBuilder();
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                if (!_dark[row, column])
                    continue;
                var start = column;
                while (column + 1 < Size && _dark[row, column + 1])
                    column++;
                path.Append(CultureInfo.InvariantCulture, $"M{start + QuietZone} {row + QuietZone}h{column - start + 1}v1h-{column - start + 1}z");
            }
        }

        var width = Size + (2 * QuietZone);
        var name = System.Net.WebUtility.HtmlEncode(title);
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {width}\" width=\"220\" height=\"220\" role=\"img\" aria-label=\"{name}\" shape-rendering=\"crispEdges\">"
            + $"<rect width=\"{width}\" height=\"{width}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>");
    }

    private static QrCode Encode(string text, QrVersion version, int mask)
    {
        var canvas = new QrCanvas(version);
        canvas.Place(version.Interleave(version.Pack(Encoding.UTF8.GetBytes(text))), mask);
        return new QrCode(canvas.Dark, mask);
    }
}
