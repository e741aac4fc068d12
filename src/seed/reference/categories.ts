/** A subject of events, by its slug; children name their parent. */
export interface CategorySeed {
  slug: string;
  name: string;
  icon?: string;
  color?: string;
  parent?: string;
}

const ROOTS: CategorySeed[] = [
  { slug: 'music', name: 'Music', icon: '🎵', color: '#7c3aed' },
  { slug: 'arts', name: 'Arts & culture', icon: '🎭', color: '#db2777' },
  { slug: 'food-and-drink', name: 'Food & drink', icon: '🍲', color: '#ea580c' },
  { slug: 'sports', name: 'Sports & fitness', icon: '🏃', color: '#16a34a' },
  { slug: 'outdoors', name: 'Outdoors', icon: '🏕️', color: '#15803d' },
  { slug: 'technology', name: 'Technology', icon: '💻', color: '#2563eb' },
  { slug: 'business', name: 'Business', icon: '💼', color: '#475569' },
  { slug: 'learning', name: 'Learning', icon: '📚', color: '#0891b2' },
  { slug: 'games', name: 'Games', icon: '🎲', color: '#9333ea' },
  { slug: 'wellness', name: 'Health & wellness', icon: '🧘', color: '#0d9488' },
  { slug: 'community', name: 'Community', icon: '🤝', color: '#ca8a04' },
  { slug: 'family', name: 'Family', icon: '👨‍👩‍👧', color: '#f59e0b' },
];

const CHILDREN: Record<string, Record<string, string>> = {
  music: {
    concerts: 'Concerts',
    'open-mic': 'Open mic',
    'classical-music': 'Classical',
    'djs-and-dance': 'DJs & dance',
  },
  arts: { film: 'Film', theatre: 'Theatre', exhibitions: 'Exhibitions', 'arts-and-crafts': 'Arts & crafts' },
  'food-and-drink': { tastings: 'Tastings', 'cooking-classes': 'Cooking classes', 'supper-clubs': 'Supper clubs' },
  sports: { running: 'Running', cycling: 'Cycling', 'team-sports': 'Team sports', climbing: 'Climbing' },
  outdoors: { hiking: 'Hiking', camping: 'Camping', 'nature-walks': 'Nature walks' },
  technology: {
    programming: 'Programming',
    'data-and-ai': 'Data & AI',
    hardware: 'Hardware',
    'open-source': 'Open source',
  },
  business: { networking: 'Networking', startups: 'Start-ups', marketing: 'Marketing' },
  learning: {
    languages: 'Languages',
    'talks-and-lectures': 'Talks & lectures',
    workshops: 'Workshops',
    'book-clubs': 'Book clubs',
  },
  games: { 'board-games': 'Board games', 'video-games': 'Video games', quizzes: 'Quizzes' },
  wellness: { yoga: 'Yoga', meditation: 'Meditation' },
  community: { volunteering: 'Volunteering', 'charity-events': 'Charity', neighbourhood: 'Neighbourhood' },
  family: { 'for-children': 'For children', 'for-parents': 'For parents' },
};

/** Parents before their children. */
export const CATEGORIES: CategorySeed[] = [
  ...ROOTS,
  ...Object.entries(CHILDREN).flatMap(([parent, children]) =>
    Object.entries(children).map(([slug, name]) => ({ slug, name, parent })),
  ),
];
