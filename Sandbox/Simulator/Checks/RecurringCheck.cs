using System.Text.Json;
using Sandbox.Simulator.Api;

namespace Sandbox.Simulator.Checks;

/// <summary>What an order needs that stores payment details or is paid with stored ones.</summary>
public static class RecurringCheck
{
    /// <exception cref="RefusalException">A field is missing, or the order is of another type.</exception>
    public static void Check(JsonElement order, string type)
    {
        var model = Fields.Text(order, "recurring_model");
        var isPaidWithToken = IsPaidWithToken(order);
        if (isPaidWithToken && type != "direct")
            throw RefusalException.General("Invalid recurring_id: an order that is paid with stored details is of type direct (recurring-subsequent.json)");
        if (isPaidWithToken && model is null)
            throw RefusalException.General("Invalid recurring_model: it is required with recurring_id (RecurringModel.yaml)");
        if (model is not null && Fields.Text(Fields.Section(order, "customer"), "reference") is null)
            throw RefusalException.General("Invalid customer.reference: it is required for recurring payments (Customer.yaml)");
    }

    public static bool IsPaidWithToken(JsonElement order) => Fields.Text(order, "recurring_id") is not null;
}
