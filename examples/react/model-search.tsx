// A page that searches models while its user types, and loads more of them where the list ends. TanStack Query keeps what
// was found; the client makes the requests, and repeats those that fail.
import { infiniteQueryOptions, QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { createHub, HubResponseError, Models, type HubWith } from "@hf-api/hub";

type ModelHub = HubWith<{ models: typeof Models }>;

/** One search. The signal is that of the query: what nobody looks at any more is not loaded to its end. */
const modelSearch = (hub: ModelHub, search: string) =>
  infiniteQueryOptions({
    queryKey: ["models", search],
    queryFn: ({ pageParam, signal }) =>
      hub.models.list({ search, sort: "downloads", pageSize: 10 }, { signal }).page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

/** The client's messages are for who reads logs. */
const wordsOf = (error: Error): string =>
  error instanceof HubResponseError ? `The Hub cannot search now (${error.status}).` : "The Hub is out of reach.";

function ModelSearch({ hub }: { hub: ModelHub }): ReactElement {
  const [text, setText] = useState("");
  // A text that changes at once again is not searched for.
  const search = useDeferredValue(text.trim());
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    modelSearch(hub, search),
  );
  const models = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <main aria-busy={isPending || isFetchingNextPage}>
      <h1>Models</h1>
      <input aria-label="Search models" value={text} onChange={(event) => setText(event.target.value)} />
      {error && (
        <p role="alert">
          {wordsOf(error)} <button onClick={() => refetch()}>Again</button>
        </p>
      )}
      {isPending && <p>Searching …</p>}
      {data && models.length === 0 && <p>No model has this name.</p>}
      <ul>
        {models.map(({ id, downloads }) => (
          <li key={id}>
            <span>{id}</span> <small>{downloads.toLocaleString("en")} downloads</small>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? "Loading …" : "Load more"}
        </button>
      )}
    </main>
  );
}

/** Shows the page in an element of a document. */
export function showModelSearch(element: Element, endpoint?: string): void {
  const hub = createHub({ models: Models }, { endpoint, token: null });
  // The client repeats what fails, and knows how long the Hub wants it to wait; if both did, each failure would be
  // requested sixteen times.
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  createRoot(element).render(
    <QueryClientProvider client={queryClient}>
      <ModelSearch hub={hub} />
    </QueryClientProvider>,
  );
}
