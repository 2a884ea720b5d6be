namespace Nop.Core.Configuration;

/// <summary>Marks a class as a group of settings, kept for each store.</summary>
public interface ISettings;
