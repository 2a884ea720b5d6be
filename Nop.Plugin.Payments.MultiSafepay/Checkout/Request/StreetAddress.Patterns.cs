using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

public readonly partial record struct StreetAddress
{
    // Not generated at compile time: the code would be a sixth of the assembly, and an address is split only once for an order.
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture;

    // 12, 12a, 12-3, 5–7, 12/A, 1/XI, 12 bis, 12 A-3, 45 III, 7-hs, 54 bus 4, 12 1/2
    // Each suffix is matched in an atomic group, so that no address causes catastrophic backtracking.
    private const string Number = @"
        \d{1,5} (?: [a-z]{1,2} (?! [\p{L}\d] ) )? (?>
            \s* [-–/+]? \s*
            (?: \d{1,4} [a-z]{0,2} | [a-z]{1,2} \d{0,4} | [ivx]{1,4} | bis | ter | quater | quinquies | hs | huis | boven | beneden | rood | zwart | rd | zw
              | (?: bus | bte\.? | bo[iî]te | box ) \s* [a-z0-9.]{1,6} )
            (?! [\p{L}\d] )
        )*";

    private const string NumberSign = @"(?: (?: n[ºo°r]?\.? | num\.? | n[uú]mero | huisnummer | \# ) \s* )?";

    // "s/n" (sin número) and "snc" (senza numero civico) mean that the house has no number.
    private const string NoNumber = @"s \s? / \s? n | s\.? n\.? c\.?";

    private const string UnitWord = @"
        apartment | apto | apt | appartement | appt | app | flat | unit | suite | ste | room | rm | studio | office | penthouse | building | bldg
        | floor | fl | lot | b[âa]timent | b[âa]t | [ée]tage | escalera | esc | escalier | piso | planta | puerta | pta | bajo | [áa]tico
        | interno | int | scala | piano | palazzina | wohnung | whg | stiege | stg | top | etg | hinterhaus | hh | vorderhaus | vh | verdieping | lokaal";

    // What may follow a number without a comma: "12 3º B", "3 int. 4".
    private const string Rest = $@"(?: \s+ (?<rest> (?: \d{{1,2}} \s? (?: [ºª°]\.? | izq | dcha ) | (?: {UnitWord} ) (?! \p{{L}} ) ) .* ) )?";

    private const string Months = @"
        januari | january | janvier | januar | enero | gennaio | februari | february | f[ée]vrier | februar | febrero | febbraio | maart | march | mars | m[äa]rz | marzo
        | april | avril | abril | aprile | mei | may | mai | mayo | maggio | juni | june | juin | junio | giugno | juli | july | juillet | julio | luglio
        | august | augustus | ao[uû]t | agosto | septembe?r?e? | septiembre | settembre | oktober | october | octobre | octubre | ottobre | novembe?r?e? | noviembre
        | dezember | december | d[ée]cembre | diciembre | dicembre";

    private static readonly Regex _onlyNumber = new($@"^ {NumberSign} (?<number> {Number} | {NoNumber} ) \z", Options);

    private static readonly Regex _numberPart = new($@"^ {NumberSign} (?<number> {Number} | {NoNumber} ) {Rest} \z", Options);

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

    private static readonly Regex _trailingNumber = new($@"
        ^ (?<street> \P{{L}}* \p{{L}} .*? ) (?: \s+ | (?<= [\p{{L}}.] ) (?= \d ) ) {NumberSign}
        (?<number> {Number} | {NoNumber} )
        {Rest} \z", Options);

    // A part that names a unit in a house: "Apt 4B", "3º B", "2. Stock", "1st floor".
    private static readonly Regex _unit = new($@"
        ^ (?: (?: {UnitWord} ) (?! \p{{L}} ) \.? \s* (?: n[ºo°]?\.? \s* | \# )? [\w/.-]{{1,6}} (?: \s [a-z] )?
        | \# \s* [\w-]{{1,6}}
        | \d{{1,2}} \s? (?: [ºª°]\.? .* | (?: izq | dcha ) .* | \. \s? (?: stock | og | etage ) .* | (?: st | nd | rd | th ) \s floor | (?: er? | [èe]me )? \s? (?: verdieping | [ée]tage ) )
        | (?: ground | top | first | second | third ) \s floor | (?: eg | dg | og | bajo | [áa]tico | parterre ) (?: \s .* )? ) \z", Options);

    private static readonly Regex _leadingUnit = new($@"^ (?: {UnitWord} ) (?! \p{{L}} ) \.? \s* (?: n[ºo°]?\.? \s* | \# )? (?: \d{{1,5}} [a-z]? | [a-z] \d{{0,4}} ) \s+ (?= \d )", Options);

    private static readonly Regex _trailingUnit = new($@"
        ^ (?<street> \P{{L}}* \p{{L}} .*? ) \s+ (?<unit> (?: (?: {UnitWord} ) (?! \p{{L}} ) \.? \s* \#? | \# ) \s* (?: \d{{1,5}} [a-z]? | [a-z] (?: -? \d{{1,4}} )? ) ) \z", Options);

    private static readonly Regex _trailingBis = new(@"^ (?<street> .* \S ) \s+ (?<bis> bis | ter | quater ) \z", Options);

    private static readonly Regex _notAfterANumber = new($@"^ (?: de | des | del | di | du ) \s | ^ (?: {Months} ) (?! \p{{L}} )", Options);

    private static readonly Regex _year = new(@"^ (?<year> (?: 1[4-9] | 20 ) \d\d (?<range> \s* [-–/] \s* (?: 1[4-9] | 20 ) \d\d )? ) (?: \s+ (?<number> \d .* ) )? \z", Options);

    private static readonly Regex _namedAfterAYear = new($@"(?: plein | place | platz | plaza | piazza | square | (?: {Months} ) ) \z", Options);

    private static readonly Regex _numberedRoad = new(@"
        (?: ^ | \s ) (?: highway | hwy | route | rte | interstate | county \s road | state \s road | co \s rd | farm \s road | carretera | autov[ií]a ) \z", Options);

    private static readonly Regex _core = new(@"^ \d+ (?: [a-z] (?! [\p{L}\d] ) )?", Options);
}
