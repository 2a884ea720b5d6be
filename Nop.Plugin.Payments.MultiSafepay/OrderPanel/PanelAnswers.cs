using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Converts the result of an action into a sentence, including every error: the panel never answers with an error page.</summary>
public class PanelAnswers(PanelText text, OrderNotesAndLog notesAndLog)
{
    /// <summary>Creates the answer for an action that succeeded or had nothing to do.</summary>
    public async Task<PanelAnswer> DoneAsync(string key, params string?[] arguments) => new(await text.OfAsync($"Panel.Done.{key}", arguments), IsError: false);

    /// <summary>Creates the answer for an action that was not carried out.</summary>
    public async Task<PanelAnswer> RefusedAsync(string key, params string?[] arguments) => new(await text.OfAsync($"Panel.Refused.{key}", arguments), IsError: true);

    /// <summary>Runs an action and converts its exceptions into answers.</summary>
    public async Task<PanelAnswer> TryAsync(Func<Task<PanelAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (PaymentStartException exception)
        {
            return await RefusedAsync($"Start.{exception.Failure}", exception.Details);
        }
        catch (AfterSalesException exception)
        {
            return new PanelAnswer(await text.OfAsync($"AfterSales.{exception.Resource}", [.. exception.Arguments]), IsError: true);
        }
        catch (OrderBusyException)
        {
            return await RefusedAsync("Busy");
        }
        catch (MultiSafepayApiException exception) when (exception.Code is { } code && ApiErrorTexts.Codes.Contains(code))
        {
            return new PanelAnswer(await text.OfAsync($"Note.{ApiErrorTexts.NoteFor(exception)}", code.ToString(CultureInfo.InvariantCulture), exception.Info), IsError: true);
        }
        catch (MultiSafepayApiException exception)
        {
            return exception switch
            {
                { OutcomeUnknown: true } => await RefusedAsync("Unclear"),
                { IsTransient: true } => await RefusedAsync("Unreachable"),
                _ => await RefusedAsync("ByMultiSafepay", $"{exception.Code}", exception.Info ?? exception.Message)
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await notesAndLog.ErrorAsync("a button of the order page failed.", exception);
            return await RefusedAsync("Error");
        }
    }
}
