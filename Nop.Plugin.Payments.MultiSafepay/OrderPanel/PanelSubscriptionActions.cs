using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The panel's actions for the subscription that an order is the first of. None is cancelled when the page is closed.</summary>
public class PanelSubscriptionActions(PanelAnswers answers, PanelText text, SubscriptionActions actions)
{
    /// <summary>Makes the next order and charges it.</summary>
    /// <param name="order">The first order.</param>
    /// <param name="number">The number of the next order, as the page showed it.</param>
    public Task<PanelAnswer> ChargeAsync(Order order, int number) =>
        AnswerAsync(() => actions.ChargeNowAsync(order, number, CancellationToken.None), () => answers.DoneAsync("SubscriptionCharge"));

    /// <summary>Pauses the subscription.</summary>
    public Task<PanelAnswer> PauseAsync(Order order) => AnswerAsync(() => actions.PauseAsync(order), () => answers.DoneAsync("SubscriptionPause"));

    /// <summary>Resumes the subscription.</summary>
    public Task<PanelAnswer> ResumeAsync(Order order) => AnswerAsync(() => actions.ResumeAsync(order), () => answers.DoneAsync("SubscriptionResume"));

    /// <summary>Cancels the subscription.</summary>
    public Task<PanelAnswer> CancelAsync(Order order) => AnswerAsync(() => actions.CancelAsync(order), () => answers.DoneAsync("SubscriptionCancel"));

    /// <summary>Deletes the payment details of the subscription.</summary>
    public Task<PanelAnswer> ForgetAsync(Order order) => AnswerAsync(() => actions.ForgetAsync(order), () => answers.DoneAsync("SubscriptionForget"));

    private Task<PanelAnswer> AnswerAsync(Func<Task<SubscriptionRefusal?>> work, Func<Task<PanelAnswer>> done) => answers.TryAsync(async () => await work() is { } refusal
        ? new PanelAnswer(refusal.Argument is null ? await text.OfAsync(refusal.Key) : await text.OfAsync(refusal.Key, refusal.Argument), IsError: true)
        : await done());
}
