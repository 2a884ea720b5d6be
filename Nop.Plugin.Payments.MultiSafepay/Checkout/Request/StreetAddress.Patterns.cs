using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

public readonly partial record struct StreetAddress
{
    // Not generated at compile time: the code would be a sixth of the assembly, and an address is split only once for an order.
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture;

    // Of any alphabet. The signs of ordinal numbers are letters in Unicode.
    private const string Letter = @"[\p{L}-[ºª]]";

    private const string WordEnd = @"(?! \p{L} )";

    private const string NumberSign = $"(?: (?: {AddressWords.NumberSign} ) \\s* )?";

    private const string UnitWord = $@"(?: {AddressWords.Unit} ) {WordEnd}";

    // "3. OG", "2e etage", "III. em.": a floor whose number is marked as an ordinal. Without the mark it may be a house number: "12 Stock Road".
    private const string MarkedFloor = $@"(?: \d{{1,2}} \s? (?: \. | er? | de | [èe]me | st | nd | rd | th | os ) | [ivx]{{1,4}} \. ) \s? (?: {AddressWords.Floor} ) {WordEnd}";

    // "2 tr", "II em"
    private const string BareFloor = $@"(?: \d{{1,2}} | [ivx]{{1,4}} ) \s? (?: {AddressWords.Floor} ) {WordEnd}";

    // Doors and sides: "3º B", "2 izq", Danish "2. tv" and "st th", Catalan "1r 2a", Hungarian "II/3." and "A lph."
    private const string Door = $@"(?:
        \d{{1,2}} \s? (?: \.? [ºª°] \.? | izq | dcha )
        | (?: \d{{1,2}} | st | kl ) (?: \. \s? | \s ) (?: tv | th | mf ) (?= \.? \s* (?: [,/\d-] | \z ) )
        | \d{{1,2}} [rntè] \s \d{{1,2}} a {WordEnd}
        | [ivx]{{1,4}} / \d{{1,3}} (?! [\p{{L}}\d] )
        | [a-z] \.? \s lph {WordEnd} )";

    // Where an addition begins behind a house number. H0203 is a Norwegian dwelling number: floor and door.
    private const string AdditionStart = $@"(?: {UnitWord} | {AddressWords.ShortUnit} | (?: {AddressWords.BehindNumber} ) {WordEnd}
        | {MarkedFloor} | {BareFloor} | {Door} | [hukl] \d{{4}} (?! [\p{{L}}\d] ) )";

    // 12, 12a, 12-3, 5–7, 12/A, 1/XI, 12 bis, 12 A-3, 45 III, 7-hs, 54 bus 4, 12 1/2, Lote 5
    // Each suffix is matched in an atomic group, so that no address causes catastrophic backtracking.
    private const string Number = $@"
        (?: (?: lote | lt \. ) \s* )? \d{{1,5}} (?: {Letter}{{1,2}} (?! [\p{{L}}\d] ) )? (?>
            \s* [-–/+]? \s* (?! {AdditionStart} )
            (?: \d{{1,4}} {Letter}{{0,2}} | {Letter}{{1,2}} \d{{0,4}} | [ivx]{{1,4}} | bis | ter | quater | quinquies | hs | huis | boven | beneden | rood | zwart | rosso | nero | rd | zw
              | (?: bus | bte\.? | bo[iî]te | box ) \s* [a-z0-9.]{{1,6}} )
            (?! [\p{{L}}\d] )
        )*";

    // A number, which Hungarians end with a full stop, or the words for none.
    private const string NumberOrNone = $@"(?: (?<number> {Number} ) \.? | (?<number> {AddressWords.NoNumber} ) )";

    // What may follow a number without a comma: "12 3º B", "3 int. 4", "12/Top 5", "100 - 3.º Dto.", "12m5".
    private const string Rest = $@"(?: (?: \s+ (?: [-–/] \s* )? | \s* [-–/] \s* | (?= m \d ) ) (?<rest> {AdditionStart} .* ) )?";

    private static readonly Regex _onlyNumber = new($@"^ {NumberSign} {NumberOrNone} \z", Options);

    private static readonly Regex _numberPart = new($@"^ {NumberSign} {NumberOrNone} {Rest} \z", Options);

    // Not an ordinal: "5th Avenue", "2e Hugo de Grootstraat", "17. Juni". A single letter that is separated from the number counts only before a French street type.
    private static readonly Regex _leadingNumber = new($@"
        ^ {NumberSign}
        (?<number>
            (?: [nsew] \d{{1,5}} [nsew] \d{{1,6}} | \d{{1,6}} (?! (?: st | nd | rd | th | er | [èe]re | e | de | ste | [èe]me | [º°ª.] ) (?! [\p{{L}}\d] ) ) )
            (?: [a-z] (?! [\p{{L}}\d] ) )?
            (?: \s* [-–/] \s* \d{{1,5}} [a-z]? (?! [\p{{L}}\d] ) )?
            (?: \s \d / \d (?! \d ) )?
            (?: \s* (?: bis | ter | quater ) (?! [\p{{L}}\d] ) )?
            (?: \s [a-h] (?= \s+ (?: rue | avenue | av\.? | boulevard | bd\.? | place | chemin | all[ée]e | impasse | quai | cours | route ) \s ) )?
        )
        \s+ (?<street> \P{{L}}* \p{{L}} .* ) \z", Options);

    // "Kerkstraat12" too, but not "Rijksweg A2": a number that follows a single letter belongs to the road.
    private static readonly Regex _trailingNumber = new($@"
        ^ (?<street> \P{{L}}* \p{{L}} .*? ) (?: \s+ | (?<= \p{{L}} [\p{{L}}.] ) (?= \d ) ) {NumberSign}
        {NumberOrNone} {Rest} \z", Options);

    // A part that names a unit in a house: "Apt 4B", "3º B", "2. Stock", "1st floor".
    private static readonly Regex _unit = new($@"
        ^ (?: {UnitWord} \.? \s* (?: n[ºo°]?\.? \s* | \# )? [\w/.-]{{1,6}} (?: \s [a-z] )?
        | \# \s* [\w-]{{1,6}}
        | {AddressWords.ShortUnit} \d{{1,4}} [a-z]?
        | (?: {MarkedFloor} | {Door} ) .*
        | {BareFloor} (?: \s? (?: tv | th | mf ) \.? )?
        | (?: ground | top | first | second | third ) \s floor | (?: eg | dg | og | bajo | [áa]tico | parterre ) (?: \s .* )? ) \z", Options);

    private static readonly Regex _leadingUnit = new($@"^ {UnitWord} \.? \s* (?: n[ºo°]?\.? \s* | \# )? (?: \d{{1,5}} [a-z]? | [a-z] \d{{0,4}} ) \s+ (?= \d )", Options);

    private static readonly Regex _trailingUnit = new($@"
        ^ (?<street> \P{{L}}* \p{{L}} .*? ) \s+ (?<unit> (?: {UnitWord} \.? \s* \#? | \# ) \s* (?: \d{{1,5}} [a-z]? | [a-z] (?: -? \d{{1,4}} )? ) ) \z", Options);

    private static readonly Regex _trailingBis = new(@"^ (?<street> .* \S ) \s+ (?<bis> bis | ter | quater ) \z", Options);

    private static readonly Regex _notAfterANumber = new($@"^ (?: de | des | del | di | du ) \s | ^ (?: {AddressWords.Month} ) {WordEnd}", Options);

    private static readonly Regex _year = new(@"^ (?<year> (?: 1[4-9] | 20 ) \d\d (?<range> \s* [-–/] \s* (?: 1[4-9] | 20 ) \d\d )? ) (?: \s+ (?<number> \d .* ) )? \z", Options);

    // "Plein 1944", "4 Août 1918". Other street types need no more than the year to be a name: "Laan 1813", but not "Laan van Meerdervoort 1500".
    private static readonly Regex _namedAfterAYear = new($@"
        (?: plein | place | platz | plaza | piazza | square | (?: {AddressWords.Month} ) ) \z | ^ (?: laan | straat | weg | kade | allee | stra(?:ß|ss)e ) \z", Options);

    private static readonly Regex _numberedRoad = new(@"
        (?: ^ | \s ) (?: highway | hwy | route | rte | interstate | county \s road | state \s road | co \s rd | farm \s road | carretera | autov[ií]a ) \z", Options);

    private static readonly Regex _core = new($@"^ \d+ (?: {Letter} (?! [\p{{L}}\d] ) )?", Options);
}
