/** Outlines on a 24 × 24 grid. */
const PATHS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  send: 'M4 12l16-8-6 16-3-6-7-2z',
  reply: 'M10 8V4l-7 7 7 7v-4c5 0 8 1.5 10 5-.5-6-3.500-10-10-11z',
  edit: 'M4 20h4L19 9l-4-4L4 16v4zM13 7l4 4',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1 1.500 2 2 3.500 2s2.500-.5 3.500-2M9 10h.01M15 10h.01',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6zM12 15v6',
  bell: 'M6 17h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v4.500L6 17zM10 20h4',
  bellOff: 'M6 17h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v4.500L6 17zM10 20h4M4 4l16 16',
  forward: 'M14 8V4l7 7-7 7v-4c-5 0-8 1.500-10 5 .5-6 3.500-10 10-11z',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  alert: 'M12 4L2.500 20h19L12 4zM12 10v4M12 17h.01',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  ticket: 'M4 7h16v3.500a1.500 1.500 0 0 0 0 3V17H4v-3.500a1.500 1.500 0 0 0 0-3V7zM14 7v2M14 11v2M14 15v2',
  chat: 'M4 5h16v11H9l-5 4V5z',
  stage: 'M4 20h16M6 20v-6h12v6M12 14V4M12 4l6 3-6 3',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 12h2M18 12h2M12 4v2M12 18v2M6.500 6.500l1.400 1.400M16.100 16.100l1.400 1.400M17.500 6.500l-1.400 1.400M7.900 16.100l-1.400 1.400',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words, or on a button that has a label of its own. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
