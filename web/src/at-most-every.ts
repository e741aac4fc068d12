/** Work that is done this long after it was asked for; what is asked for meanwhile is the same work. */
export const atMostEvery = (ms: number, work: () => Promise<void>) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void work();
    }, ms);
  };
  return { soon, stop: () => clearTimeout(timer) };
};
