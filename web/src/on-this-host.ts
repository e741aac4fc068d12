/** The address of a picture at the page's own node: every node serves every picture, and the page asks its own alone. */
export const onThisHost = (url: string): string => {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
};
