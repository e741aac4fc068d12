import type { ComponentType, FunctionComponent } from 'preact';
import { lazy } from 'preact-iso';

interface AppRoute {
  path: string;
  component: FunctionComponent;
}

/** A page whose code is loaded when it is opened first. */
const page = <Props,>(path: string, load: () => Promise<ComponentType<Props>>): AppRoute => ({
  path,
  // Safe: the router hands a page the parts that its path names, as strings.
  component: lazy(async () => ({ default: (await load()) as unknown as FunctionComponent })),
});

/** Every address of the app with its page. */
export const ROUTES: readonly AppRoute[] = [
  page('/app/events/:eventId/book', async () => (await import('../guest/book/book-page.tsx')).BookPage),
  page('/app/bookings/:bookingId', async () => (await import('../guest/booking/booking-page.tsx')).BookingPage),
  page('/app/bookings', async () => (await import('../guest/booking/bookings-page.tsx')).BookingsPage),
  page('/app/tickets', async () => (await import('../guest/tickets/tickets-page.tsx')).TicketsPage),
  page('/app/tickets/:ticketId', async () => (await import('../guest/tickets/ticket-page.tsx')).TicketPage),
  page('/app', async () => (await import('../guest/home/home-page.tsx')).HomePage),
  page('/app/notifications', async () => (await import('../guest/news/news-page.tsx')).NewsPage),
  page('/app/settings/:section?', async () => (await import('../guest/settings/settings-page.tsx')).SettingsPage),
  page('/app/invoices', async () => (await import('../guest/invoices/invoices-page.tsx')).InvoicesPage),
  page('/app/chats/:chatId?', async () => (await import('../chat/chats-page.tsx')).ChatsPage),
  page('/app/live/:eventId', async () => (await import('../live/stage-page.tsx')).StagePage),
  page('/host/events/:eventId/live', async () => (await import('../host/board.tsx')).Board),
  page('/host/events/:eventId/desk', async () => (await import('../host/desk/desk.tsx')).Desk),
  page('/host', async () => (await import('../host/events-page.tsx')).EventsPage),
  page('/host/events/new', async () => (await import('../host/new/new-event-page.tsx')).NewEventPage),
  page('/host/payouts', async () => (await import('../host/money/payouts-page.tsx')).PayoutsPage),
  page('/host/plan', async () => (await import('../host/money/plan-page.tsx')).PlanPage),
  page('/host/events/:eventId/:page?', async () => (await import('../host/event/event-page.tsx')).EventPage),
];
