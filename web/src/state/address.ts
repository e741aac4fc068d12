/** Where each page of the app stands. */
export const addresses = {
  home: '/app',
  tickets: '/app/tickets',
  ticket: (ticketId: string) => `/app/tickets/${ticketId}`,
  book: (eventId: string) => `/app/events/${eventId}/book`,
  booking: (bookingId: string) => `/app/bookings/${bookingId}`,
  bookings: '/app/bookings',
  invoices: '/app/invoices',
  chats: '/app/chats',
  chat: (chatId: string) => `/app/chats/${chatId}`,
  stage: (eventId: string) => `/app/live/${eventId}`,
  notifications: '/app/notifications',
  settings: (section: string) => `/app/settings/${section}`,
  hosting: '/host',
  hosted: (eventId: string, page: string) => `/host/events/${eventId}/${page}`,
  newEvent: '/host/events/new',
  payouts: '/host/payouts',
  plan: '/host/plan',
  event: (slug: string) => `/e/${slug}`,
} as const;

/** The address to go on to after signing in: a path of this server, or the app's first page. */
export const nextAddress = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? '';
  // What begins with two slashes or a backslash would name another host.
  return /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : addresses.home;
};

/** Opens a page of the app. */
export const goTo = (address: string): void => {
  history.pushState(null, '', address);
  // The router hears of what the browser's own buttons do; this is told like one of them.
  dispatchEvent(new PopStateEvent('popstate'));
};
