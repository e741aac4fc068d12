import { useEffect, useRef, useState } from 'preact/hooks';
import { type Input, type OperationName, type Output, RallyError } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import type { Loaded } from './use-operation.ts';

/** An operation that answers a page of a list. */
type Paged = {
  [Name in OperationName]: Output<Name> extends { items: readonly unknown[]; nextCursor: string | null } ? Name : never;
}[OperationName];

type Item<Name extends Paged> = Output<Name>['items'][number];

/** A list that is loaded page by page. */
export interface Pages<Each> extends Loaded<Each[]> {
  /** Loads the next page; null when all are here. */
  more: (() => void) | null;
  /** Changes what is shown until the list is loaded anew. */
  change: (next: (items: Each[]) => Each[]) => void;
}

/** All pages of a list so far, the first loaded when the page opens and anew when the input changes. */
export const usePages = <Name extends Paged>(name: Name, input: Input<Name> | null): Pages<Item<Name>> => {
  const key = JSON.stringify(input);
  const [items, setItems] = useState<Item<Name>[]>();
  const [cursor, setCursor] = useState<string | null>(null);
  const [error, setError] = useState<RallyError>();
  const [isLoading, setLoading] = useState(true);
  /** Only the answer to the last question counts. */
  const question = useRef(0);

  const load = (from: string | null): void => {
    if (input === null) return;
    question.current += 1;
    const mine = question.current;
    setLoading(true);
    // Safe: every operation that answers pages takes a cursor.
    const asked = (from === null ? input : { ...input, cursor: from }) as Input<Name>;
    client.call(name, asked).then(
      (answer) => {
        if (mine !== question.current) return;
        const page = answer as { items: Item<Name>[]; nextCursor: string | null };
        setItems((before) => (from === null ? page.items : [...(before ?? []), ...page.items]));
        setCursor(page.nextCursor);
        setError(undefined);
        setLoading(false);
      },
      (thrown: unknown) => {
        if (!(thrown instanceof RallyError)) throw thrown;
        if (mine !== question.current) return;
        setError(thrown);
        setLoading(false);
      },
    );
  };
  const reload = (): void => load(null);

  useEffect(() => {
    setItems(undefined);
    load(null);
    return () => {
      question.current += 1;
    };
  }, [key]);

  const hasFailed = error !== undefined;
  useEffect(
    () => (hasFailed ? client.onStatus(({ phase }) => phase === 'online' && reload()) : undefined),
    [hasFailed, key],
  );

  return {
    data: items,
    error,
    isLoading,
    reload,
    more: cursor === null ? null : () => load(cursor),
    change: (next) => setItems((before) => (before ? next(before) : before)),
  };
};
