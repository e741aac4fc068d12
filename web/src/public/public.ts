/** What the public pages do beyond what the server wrote: the reader's own clock, and the way to share. */

/** Where the reader's clock shows another time than that of the place, it is said, too. */
const showOwnTimes = (): void => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const span of document.querySelectorAll<HTMLElement>('[data-start]')) {
    const { start = '', end = '', zone = 'UTC', words = '' } = span.dataset;
    const [from, until] = [new Date(start), new Date(end)];
    const told = (timeZone: string): string => {
      const day = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
      return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, timeZone }).formatRange(from, until);
    };
    if (told(here) === told(zone)) continue;
    span.textContent = ` · ${words.replace('{time}', told(here))}`;
    span.hidden = false;
  }
};

/** The device's own way of sharing; where there is none, the address is copied. */
const shareBy = async (link: HTMLAnchorElement): Promise<void> => {
  const { share: title = '', said = '' } = link.dataset;
  if (navigator.share) return navigator.share({ title, url: link.href });
  await navigator.clipboard.writeText(link.href);
  const status = link.parentElement?.querySelector('[role=status]');
  if (status) status.textContent = said;
};

const letShare = (): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-share]')) {
    // Neither is there on a page that came without TLS: the link stays a link.
    if (!navigator.share && !navigator.clipboard) continue;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      // Who changes their mind has shared nothing, and nothing is to be said.
      shareBy(link).catch(() => undefined);
    });
  }
};

showOwnTimes();
letShare();
