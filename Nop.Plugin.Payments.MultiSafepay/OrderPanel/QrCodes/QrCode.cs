using System.Globalization;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;

/// <summary>
/// Encodes a text as a QR code (ISO/IEC 18004: byte mode, error correction level M, versions 1 to 15), so that a customer can open a payment link with a phone.
/// The plugin does not use a package for this, because it consists of a single DLL.
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

    /// <summary>The width and height in modules, without the quiet zone.</summary>
    public int Size => _dark.GetLength(0);

    /// <summary>The selected mask, 0 to 7.</summary>
    public int Mask { get; }

    /// <summary>Whether the module is dark.</summary>
    /// <param name="row">The zero-based row, from the top.</param>
    /// <param name="column">The zero-based column, from the left.</param>
    public bool this[int row, int column] => _dark[row, column];

    /// <summary>Encodes the text as UTF-8, with the mask that has the lowest penalty score.</summary>
    /// <returns>The code; null for a text of more than 412 bytes, whose code would be too dense to be read from a screen.</returns>
    public static QrCode? Encode(string text) => QrVersion.For(Encoding.UTF8.GetByteCount(text)) is { } version
        ? Enumerable.Range(0, 8).Select(mask => Encode(text, version, mask)).MinBy(code => QrPenalty.Calculate(code._dark))
        : null;

    /// <summary>Encodes the text with a given mask; null for a text that is too long.</summary>
    internal static QrCode? Encode(string text, int mask) => QrVersion.For(Encoding.UTF8.GetByteCount(text)) is { } version ? Encode(text, version, mask) : null;

    /// <summary>Returns the code as a scalable SVG image, black on white regardless of the page's colours.</summary>
    /// <param name="title">The accessible name of the image. It will be HTML-encoded.</param>
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
