using Nop.Core.Domain.Localization;

namespace Nop.Services.Localization;

/// <summary>The languages of the shop.</summary>
public interface ILanguageService
{
    Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0);
    Task<Language> GetLanguageByIdAsync(int languageId);
    string GetTwoLetterIsoLanguageName(Language language);
}
