using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;
using NUnit.Framework;
using QRCoder;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;

/// <summary>The plugin's own QR codes, module by module against a library that does nothing else.</summary>
[TestFixture]
public class QrCodeTests
{
    private const int QuietZone = 4;
    private const int LongestText = 412;

    private static readonly Gen<string> _links = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-_./?=&%"].Array[1, 400].Select(characters => "h" + new string(characters));

    [Test]
    public void A_text_of_every_length_encodes_as_in_the_reference_library()
    {
        for (var length = 1; length <= LongestText; length++)
            AssertSame(new string('x', length));
    }

    [Test]
    public void Any_text_encodes_as_in_the_reference_library() => _links.Sample(AssertSame, iter: 200);

    [TestCase("https://payv2.multisafepay.com/connect/13c3b1b8f8a7d5e2/?lang=nl_NL")]
    [TestCase("https://example.com/é/ß/日本")]
    public void A_link_encodes_as_in_the_reference_library(string text) => AssertSame(text);

    [Test]
    public void The_chosen_mask_has_the_lowest_penalty() => _links.Sample(text =>
    {
        var penalties = Enumerable.Range(0, 8).Select(mask => Penalty(QrCode.Encode(text, mask)!)).ToList();
        Assert.That(penalties[QrCode.Encode(text)!.Mask], Is.EqualTo(penalties.Min()));
    }, iter: 20);

    [Test]
    public void A_text_that_is_too_long_has_no_QR_code()
    {
        Assert.That(QrCode.Encode(new string('x', LongestText)), Is.Not.Null);
        Assert.That(QrCode.Encode(new string('x', LongestText + 1)), Is.Null);
    }

    [Test]
    public void The_SVG_draws_each_dark_module_once_and_encodes_its_label()
    {
        var code = QrCode.Encode("https://example.com/")!;
        var svg = code.ToSvg("<script>\"x\"</script>");

        Assert.That(svg, Does.Not.Contain("<script>"));
        var root = System.Xml.Linq.XElement.Parse(svg);
        Assert.That((string?)root.Attribute("aria-label"), Is.EqualTo("<script>\"x\"</script>"));
        var path = (string)root.Elements().Last().Attribute("d")!;
        var drawn = System.Text.RegularExpressions.Regex.Matches(path, @"h(\d+)v1").Sum(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(drawn, Is.EqualTo(Modules(code).Count(dark => dark)));
    }

    // The library picks its mask by a scoring of its own, so its choice is read off its code: three bits beside the first finder.
    private static void AssertSame(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true, utf8BOM: false, QRCodeGenerator.EciMode.Default);
        var size = data.ModuleMatrix.Count - (2 * QuietZone);
        bool Theirs(int row, int column) => data.ModuleMatrix[row + QuietZone][column + QuietZone];
        var mask = ((Theirs(8, 2) ? 4 : 0) + (Theirs(8, 3) ? 2 : 0) + (Theirs(8, 4) ? 1 : 0)) ^ 0b101;

        var ours = QrCode.Encode(text, mask)!;
        Assert.That(ours.Size, Is.EqualTo(size), text);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (ours[row, column] != Theirs(row, column))
                    Assert.Fail($"{text}: module {row}, {column} differs");
            }
        }
    }

    private static IEnumerable<bool> Modules(QrCode code) => from row in Enumerable.Range(0, code.Size) from column in Enumerable.Range(0, code.Size) select code[row, column];

    // The standard's four rules once more, written from their text: runs, blocks, finder-like runs, and the share of dark.
    private static int Penalty(QrCode code)
    {
        var size = code.Size;
        var lines = Enumerable.Range(0, size).SelectMany(index => new[]
        {
            string.Concat(Enumerable.Range(0, size).Select(other => code[index, other] ? '1' : '0')),
            string.Concat(Enumerable.Range(0, size).Select(other => code[other, index] ? '1' : '0'))
        }).ToList();
        var runs = lines.Sum(line => System.Text.RegularExpressions.Regex.Matches(line, "0{5,}|1{5,}").Sum(match => match.Length - 2));
        var finders = lines.Sum(line =>
        {
            var padded = $"0000{line}0000";
            return Enumerable.Range(4, size - 6).Count(start => padded.Substring(start, 7) == "1011101" && (padded.Substring(start - 4, 4) == "0000" || padded.Substring(start + 7, 4) == "0000"));
        });
        var blocks = (from row in Enumerable.Range(0, size - 1)
                      from column in Enumerable.Range(0, size - 1)
                      where new[] { code[row, column], code[row + 1, column], code[row, column + 1], code[row + 1, column + 1] }.Distinct().Count() == 1
                      select 1).Count();
        var dark = Modules(code).Count(isDark => isDark) * 100m / (size * size);
        return runs + (blocks * 3) + (finders * 40) + ((int)(Math.Abs(dark - 50) / 5) * 10);
    }
}
