namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// What customers write around house numbers, by language: alternatives of regular expressions without regard to case and white space. The languages are those of
/// the countries that MultiSafepay's pay-later methods serve (docs.multisafepay.com, payment methods: Klarna, Riverty, Billink, in3) and of their neighbours.
/// No source; collected from usual spellings, each of which is a line of the test table.
/// </summary>
internal static class AddressWords
{
    /// <summary>What announces a house number: <c>nr. 5</c>, <c>n.º 100</c>, <c>č.p. 12</c>. It is no part of the number.</summary>
    public const string NumberSign = """
        n [ºo°r] \.? | n \. [ºo°]? | n (?= \s) | num \.? | n[uú]m \.? | n[uú]mero | huisnummer | hausnummer | \# | №
        | (?: s[uú]p \. \s? )? č \. \s? (?: p \. )? | čp \.? | čís \.? | št \.
        """;

    /// <summary>What says that the house has no number: sin número, senza numero civico, bez broja, brez številke.</summary>
    public const string NoNumber = @"s \s? / \s? n | s\.? n\.? c\.? | bb | b\.b\. | b\. \s? š\.";

    /// <summary>Words before the number or letter of a flat, staircase, floor or building, which may form a part of the line on their own: <c>lgh 1203</c>.</summary>
    public const string Unit = $"""
        {Dutch} | {German} | {English} | {French} | {Spanish} | {Italian} | {Portuguese} | {Danish} | {Norwegian} | {Swedish} | {Finnish} | {Icelandic}
        | {Polish} | {Czech} | {Hungarian} | {Romanian} | {Bulgarian} | {Croatian} | {Baltic}
        """;

    /// <summary>Abbreviations of one or two letters for a flat, which count only before a number: Polish <c>m. 5</c>, Finnish <c>as 12</c>, Romanian and Bulgarian <c>et. 3</c>.</summary>
    public const string ShortUnit = @"(?: m | as | et ) \.? \s? (?= \d )";

    /// <summary>Words that are an addition only behind a house number: sides, care of, post boxes.</summary>
    public const string BehindNumber = """
        c/o | t\.a\.v\. | links | rechts | mitte | tv | th | mf | r \s? / \s? c | cave | lote | postfach | postbus | apartado | parterre
        """;

    /// <summary>Words behind the number of a floor or staircase: <c>3. OG</c>, <c>2 tr</c>, <c>II. em.</c>.</summary>
    public const string Floor = """
        stock | stockwerk | og | ug | etage | verdieping | [ée]tage | floor | piso | andar | piano | sal | etasje | etg | tr | vån | v[åa]ning | krs | kerros | hæð
        | pi[ęe]tro | patro | poschodie | poschod[íi] | emelet | em | kat | nadstropje | orofos | korrus | st[āa]vs | aukštas
        """;

    /// <summary>The months of the calendar in dates that streets are named after.</summary>
    public const string Month = """
        januari | january | janvier | januar | enero | gennaio | februari | february | f[ée]vrier | februar | febrero | febbraio | maart | march | mars | m[äa]rz | marzo
        | april | avril | abril | aprile | mei | may | mai | maj | mayo | maggio | juni | june | juin | junio | giugno | juli | july | juillet | julio | luglio
        | august | augustus | augusti | ao[uû]t | agosto | septembe?r?e? | septiembre | settembre | oktober | october | octobre | octubre | ottobre | novembe?r?e? | noviembre
        | dezember | december | d[ée]cembre | diciembre | dicembre
        | stycznia | lutego | marca | kwietnia | maja | czerwca | lipca | sierpnia | wrze[śs]nia | pa[źz]dziernika | listopada | grudnia
        | ianuarie | februarie | martie | aprilie | iunie | iulie | septembrie | octombrie | noiembrie | decembrie
        """;

    private const string Dutch = "appartement | app | kamer | kmr | etage | verdieping | lokaal | huisje | ligplaats | ingang";
    private const string German = @"wohnung | whg | zimmer | zi | stiege | stg | t[üu]r | top | etg | hinterhaus | hh | vorderhaus | vh | haus | aufgang";
    private const string English = "apartment | apt | flat | unit | suite | ste | room | rm | studio | office | penthouse | building | bldg | floor | fl | lot";
    private const string French = "appt | b[âa]timent | b[âa]t | [ée]tage | porte";
    private const string Spanish = @"apto | escalera | esc | escalier | piso | planta | puerta | pta | portal | bloque | local | bajo | [áa]tico | entresuelo";
    private const string Italian = "interno | int | scala | sc | piano | palazzina | appartamento";
    private const string Portuguese = "loja | fra[cç][cç]?[ãa]o | andar | bloco";
    private const string Danish = "lejlighed | lejl | d[øo]r";
    private const string Norwegian = "leilighet | leil | oppgang";
    private const string Swedish = "l[äa]genhet | lgh | uppg[åa]ng | uppg | v[åa]ning | v[åa]n";
    private const string Finnish = "asunto | rappu | krs | bostad | bst";
    private const string Icelandic = "[íi]b[úu][ðd]";
    private const string Polish = "mieszkanie | lokal | lok | klatka | kl | pi[ęe]tro | bl";
    private const string Czech = @"č \. \s? bytu | byt | patro | poschodie | vchod";
    private const string Hungarian = "fszt | fsz | ajt[óo]";
    private const string Romanian = "ap | scara";
    private const string Bulgarian = "vh | ап | вх | ет | бл";
    private const string Croatian = "stan | kat";
    private const string Baltic = "korter | krt | dz[īi]voklis | dz | butas | bt";
}
