using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Turns what came of a button into a sentence, whatever went wrong: the panel never answers with an error page.</summary>
public class PanelAnswers(PanelText text, OrderNotesAndLog notesAndLog)
{
    /// <summary>Done, or nothing to do.</summary>
    public async Task<PanelAnswer> DoneAsync(string key, params string?[] arguments) => new(await text.OfAsync($"Panel.Done.{key}", arguments), IsError: false);

    /// <summary>Not done, because the payment is not in a state for it.</summary>
    public async Task<PanelAnswer> RefusedAsync(string key, params string?[] arguments) => new(await text.OfAsync($"Panel.Refused.{key}", arguments), IsError: true);

    /// <summary>Runs the work of a button; what it throws becomes the answer.</summary>
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
