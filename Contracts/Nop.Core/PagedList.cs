namespace Nop.Core;

/// <summary>One page of a longer list, cut out of the whole list in memory.</summary>
public class PagedList<T> : List<T>, IPagedList<T>
{
    public PagedList(IList<T> source, int pageIndex, int pageSize, int? totalCount = null)
        : base(totalCount is null ? source.Skip(pageIndex * pageSize).Take(pageSize) : source)
    {
        TotalCount = totalCount ?? source.Count;
        PageSize = Math.Max(pageSize, 1);
        PageIndex = pageIndex;
        TotalPages = (TotalCount - 1) / PageSize + 1;
    }

    public int PageIndex { get; }
    public int PageSize { get; }
    public int TotalCount { get; }
    public int TotalPages { get; }
    public bool HasPreviousPage => PageIndex > 0;
    public bool HasNextPage => PageIndex + 1 < TotalPages;
}
