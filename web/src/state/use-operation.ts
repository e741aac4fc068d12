import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Input, type OperationName, type Output, RallyError } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';

/** The answer of an operation, or the state of the question. */
export interface Loaded<Data> {
  /** Undefined until the first answer. */
  data: Data | undefined;
  /** Why the last attempt failed; undefined after a good one. */
  error: RallyError | undefined;
  isLoading: boolean;
  /** Asks again; what is there stays until the answer. */
  reload: () => void;
}

/** So many answers are kept for pages that are opened again. */
const MAX_KEPT = 100;

/** The last answers by operation and input, the oldest first. */
const kept = new Map<string, unknown>();

const keep = (key: string, answer: unknown): void => {
  kept.delete(key);
  kept.set(key, answer);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
};

/** Forgets all answers, for the next person who signs in. */
export const forgetAnswers = (): void => kept.clear();

/**
 * The answer of an operation that reads. Shows the last answer at once, asks again when the page opens and when the
 * connection is back after a failure.
 * @param input null while it is not known what to ask for
 */
export const useOperation = <Name extends OperationName>(
  name: Name,
  input: Input<Name> | null,
): Loaded<Output<Name>> => {
  const key = `${name} ${JSON.stringify(input)}`;
  const [state, setState] = useState<{ key: string; error?: RallyError; isLoading: boolean }>({ key, isLoading: true });
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((before) => before + 1), []);

  useEffect(() => {
    if (input === null) return undefined;
    let isCurrent = true;
    setState({ key, isLoading: true });
    client.call(name, input).then(
      (answer) => {
        keep(key, answer);
        if (isCurrent) setState({ key, isLoading: false });
      },
      (thrown: unknown) => {
        if (!(thrown instanceof RallyError)) throw thrown;
        if (isCurrent) setState({ key, error: thrown, isLoading: false });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, asked]);

  const hasFailed = state.error !== undefined;
  useEffect(
    () => (hasFailed ? client.onStatus(({ phase }) => phase === 'online' && reload()) : undefined),
    [hasFailed],
  );

  // Safe: an answer is kept under the operation that gave it.
  const data = kept.get(key) as Output<Name> | undefined;
  const isOfThisKey = state.key === key;
  return { data, error: isOfThisKey ? state.error : undefined, isLoading: !isOfThisKey || state.isLoading, reload };
};
