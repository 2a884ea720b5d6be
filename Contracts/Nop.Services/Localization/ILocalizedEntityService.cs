using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Domain.Localization;

namespace Nop.Services.Localization;

/// <summary>The texts of rows in the languages of the shop.</summary>
public interface ILocalizedEntityService
{
    Task SaveLocalizedValueAsync<T>(T entity, Expression<Func<T, string>> keySelector, string localeValue, int languageId)
        where T : BaseEntity, ILocalizedEntity;
}
