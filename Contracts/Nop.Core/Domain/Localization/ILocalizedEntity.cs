namespace Nop.Core.Domain.Localization;

/// <summary>Marks a row whose texts may be translated.</summary>
public interface ILocalizedEntity;
