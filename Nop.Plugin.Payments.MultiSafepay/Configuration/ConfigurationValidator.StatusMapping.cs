using FluentValidation;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Validators;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

public partial class ConfigurationValidator
{
    // The page offers only valid choices, but anything can be posted.
    private void AddStatusMappingRules()
    {
        RuleFor(model => model.CancelledThenPaidId)
            .Must(id => Enum.IsDefined((CancelledThenPaidPolicy)id))
            .WithMessageAwait(RefusalAsync("CancelledThenPaid"));

        RuleForEach(model => model.StatusRows).ChildRules(row =>
        {
            row.RuleFor(choice => choice.StateId)
                .Must(id => StatusMapping.Rows.Contains((TransactionState)id))
                .WithMessageAwait(RefusalAsync("Mapping.Status"));

            RefusePayment(row, id => id == (int)PaymentAction.Pay, RefusalAsync("Mapping.Pay"));
            RefusePayment(row, id => id == (int)PaymentAction.Authorize, RefusalAsync("Mapping.Authorize"));
            RefusePayment(row, id => id == (int)PaymentAction.Void, RefusalAsync("Mapping.Void"));
            RefusePayment(row, id => id == (int)PaymentAction.Refund, RefusalAsync("Mapping.Refund"));
            RefusePayment(row, id => !Enum.IsDefined((PaymentAction)id), RefusalAsync("Mapping.PaymentAction"));

            RefuseOrderStatus(row, id => id == (int)OrderStatus.Cancelled, RefusalAsync("Mapping.Cancel"));
            RefuseOrderStatus(row, id => id is (int)OrderStatus.Processing or (int)OrderStatus.Complete, RefusalAsync("Mapping.MoveOrder"));
            RefuseOrderStatus(row, id => id is not ((int)OrderStatus.Cancelled or (int)OrderStatus.Processing or (int)OrderStatus.Complete), RefusalAsync("Mapping.OrderStatus"));
        });
    }

    private static void RefusePayment(InlineValidator<StatusRowModel> row, Func<int, bool> isMeant, Task<string> message) =>
        row.RuleFor(choice => choice.PaymentId)
            .Must((choice, _) => StatusMapping.Offered(StatusMappingField.StateOf(choice)).Payments.Contains(StatusMappingField.ChoiceOf(choice).Payment))
            .When(choice => StatusMapping.Rows.Contains(StatusMappingField.StateOf(choice)) && isMeant(choice.PaymentId))
            .WithMessageAwait(message);

    private static void RefuseOrderStatus(InlineValidator<StatusRowModel> row, Func<int, bool> isMeant, Task<string> message) =>
        row.RuleFor(choice => choice.OrderStatusId)
            .Must((choice, _) => StatusMapping.Offered(StatusMappingField.StateOf(choice)).Orders.Contains(StatusMappingField.ChoiceOf(choice).OrderStatus))
            .When(choice => StatusMapping.Rows.Contains(StatusMappingField.StateOf(choice)) && isMeant(choice.OrderStatusId))
            .WithMessageAwait(message);
}
