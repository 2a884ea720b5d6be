using System.Data.Common;

namespace Sandbox.Shop.Data;

/// <summary>The database refuses something, such as a second row with the same unique key. A real database's exceptions share the base class.</summary>
internal sealed class ShopDatabaseException(string message) : DbException(message);
