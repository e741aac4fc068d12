/** Adds to the public pages the time by the reader's own clock, and the button to share. */

const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Where the reader's clock shows another time than that of the place, it is said, too. */
const showOwnTimes = (): void => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const span of document.querySelectorAll<HTMLElement>('[data-start]')) {
    const { start = '', end = '', zone = 'UTC', words = '' } = span.dataset;
    const [from, until] = [new Date(start), new Date(end)];
    const shown = (timeZone: string, options: Intl.DateTimeFormatOptions): string =>
      new Intl.DateTimeFormat(document.documentElement.lang, { ...options, timeZone }).formatRange(from, until);
    const [day, time] = [(timeZone: string) => shown(timeZone, DAY), (timeZone: string) => shown(timeZone, TIME)];
    if (day(here) === day(zone) && time(here) === time(zone)) continue;
    const told = day(here) === day(zone) ? time(here) : shown(here, { ...DAY, ...TIME });
    span.textContent = ` · ${words.replace('{time}', told)}`;
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
