namespace Nop.Core.Caching;

/// <summary>Runs an action that must not run twice at once.</summary>
public interface ILocker
{
    Task<bool> PerformActionWithLockAsync(string resource, TimeSpan expirationTime, Func<Task> action);
}
