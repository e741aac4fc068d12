import { VERIFY_EMAIL } from '../../domains/identity/verification/letter.rules.ts';
import type { TicketCategory } from '../../generated/prisma/enums.ts';

interface TemplateSeed {
  key: string;
  subject: string;
  /** Paragraphs; `{{name}}` is filled in. */
  lines: string[];
}

/** Mails that go out, in English. */
export const EMAIL_TEMPLATES: TemplateSeed[] = [
  VERIFY_EMAIL,
  {
    key: 'reset-password',
    subject: 'Set a new password',
    lines: [
      'Hello {{firstName}},',
      'Set a new password here: {{link}}',
      'If you did not ask for it, ignore this mail.',
    ],
  },
  {
    key: 'security-alert',
    subject: 'A new sign-in to your account',
    lines: [
      'Hello {{firstName}},',
      'Someone signed in from {{address}} at {{time}}. If it was not you, end that session: {{link}}',
    ],
  },
  {
    key: 'booking-confirmed',
    subject: 'You are going to {{eventTitle}}',
    lines: [
      'Hello {{firstName}},',
      'Your booking {{reference}} for {{eventTitle}} on {{eventTime}} is confirmed.',
      'Your tickets: {{link}}',
    ],
  },
  {
    key: 'booking-cancelled',
    subject: 'Your booking for {{eventTitle}} is cancelled',
    lines: ['Hello {{firstName}},', 'Booking {{reference}} was cancelled. What is paid back: {{refund}}.'],
  },
  {
    key: 'event-reminder',
    subject: '{{eventTitle}} is {{when}}',
    lines: ['Hello {{firstName}},', '{{eventTitle}} begins at {{eventTime}}, {{venue}}.'],
  },
  {
    key: 'event-cancelled',
    subject: '{{eventTitle}} will not take place',
    lines: [
      'Hello {{firstName}},',
      'The host has cancelled {{eventTitle}}: {{reason}}',
      'You get back everything you paid.',
    ],
  },
  { key: 'event-updated', subject: 'News about {{eventTitle}}', lines: ['Hello {{firstName}},', '{{body}}'] },
  {
    key: 'waitlist-offered',
    subject: 'A seat for {{eventTitle}}',
    lines: ['Hello {{firstName}},', 'A seat came free and is kept for you until {{expiresAt}}: {{link}}'],
  },
  {
    key: 'payment-failed',
    subject: 'Your payment did not go through',
    lines: [
      'Hello {{firstName}},',
      'The payment of {{amount}} for {{eventTitle}} failed. Your seats are kept until {{expiresAt}}: {{link}}',
    ],
  },
  {
    key: 'refund-settled',
    subject: '{{amount}} is on its way back',
    lines: [
      'Hello {{firstName}},',
      'We have paid back {{amount}} for {{eventTitle}}. Banks take up to ten days to show it.',
    ],
  },
  {
    key: 'payout-paid',
    subject: '{{amount}} was sent to your account',
    lines: ['Hello {{firstName}},', 'Your earnings of {{amount}} were sent to the account ending in {{lastFour}}.'],
  },
  {
    key: 'review-requested',
    subject: 'How was {{eventTitle}}?',
    lines: ['Hello {{firstName}},', 'Tell others how it was: {{link}}'],
  },
];

/** Names in a text that must be given. */
export const variablesOf = (texts: string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))),
];

interface FaqSeed {
  slug: string;
  category: TicketCategory;
  question: string;
  answer: string;
}

export const FAQS: FaqSeed[] = [
  {
    slug: 'find-my-ticket',
    category: 'BOOKING',
    question: 'Where is my ticket?',
    answer: 'Under your bookings, from the moment the booking is confirmed. The code is also shown without a network.',
  },
  {
    slug: 'cancel-a-booking',
    category: 'BOOKING',
    question: 'Can I cancel a booking?',
    answer:
      'Yes. What you get back follows from the policy you agreed to when you booked; it is shown before you confirm.',
  },
  {
    slug: 'give-a-ticket-away',
    category: 'BOOKING',
    question: 'Can somebody else use my ticket?',
    answer: 'If the host allows it, transfer it to them. Your own code stops working and theirs begins.',
  },
  {
    slug: 'waitlist',
    category: 'BOOKING',
    question: 'How does the waitlist work?',
    answer:
      'Seats that come free are offered in the order in which people joined. An offer is kept for you until it expires.',
  },
  {
    slug: 'when-do-refunds-arrive',
    category: 'REFUND',
    question: 'When do I get my money back?',
    answer: 'We send it at once. Depending on your bank it is on your account after one to ten days.',
  },
  {
    slug: 'payment-failed',
    category: 'PAYMENT',
    question: 'My payment failed. Do I still have my seats?',
    answer: 'They are kept for a while, so you can try again. Money that arrives too late is paid back in full.',
  },
  {
    slug: 'event-cancelled',
    category: 'EVENT',
    question: 'What happens when an event is cancelled?',
    answer: 'Everybody is told, and everything paid is paid back without your having to ask.',
  },
  {
    slug: 'become-a-host',
    category: 'EVENT',
    question: 'How do I host an event?',
    answer:
      'Create it, choose tickets and a cancellation policy, and publish it. You are paid some days after it has ended.',
  },
  {
    slug: 'report-somebody',
    category: 'SAFETY',
    question: 'How do I report somebody?',
    answer: 'From their profile, message or event. They are not told who it was.',
  },
  {
    slug: 'two-factor',
    category: 'ACCOUNT',
    question: 'How do I protect my account?',
    answer: 'Turn on a second factor in the settings, and look at the list of devices that are signed in.',
  },
  {
    slug: 'my-data',
    category: 'PRIVACY',
    question: 'Can I have my data, or have it deleted?',
    answer: 'Both, in the settings. What the law makes us keep, such as invoices, is named in the report you get.',
  },
];

interface SettingSeed {
  key: string;
  value: string;
  description: string;
}

/** Facts about this installation that clients show. */
export const SETTINGS: SettingSeed[] = [
  { key: 'platform.name', value: 'Rally', description: 'What this installation calls itself' },
  {
    key: 'platform.supportEmail',
    value: 'support@rally.example',
    description: 'Where people write to when nothing else helps',
  },
  { key: 'platform.defaultCurrency', value: 'BDT', description: 'ISO 4217 code that new events begin with' },
  { key: 'platform.defaultTimeZone', value: 'Asia/Dhaka', description: 'IANA zone that new events begin with' },
];

interface FlagSeed {
  key: string;
  description: string;
}

/** Features that are switched on when they are ready. */
export const FLAGS: FlagSeed[] = [
  { key: 'stories', description: 'Content that disappears after a day' },
  { key: 'leaderboards', description: 'Rankings by points' },
  { key: 'referrals', description: 'Points for bringing people' },
  { key: 'wallet-top-up', description: 'Prepaid credit' },
];
