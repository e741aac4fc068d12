import { z } from 'zod';
import { UserRole } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { TimeZone } from '../../../kernel/instants.ts';
import { line, lineOrNothing } from '../../../kernel/texts.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import { Matched, Words } from '../../../platform/db/search/contract.ts';
import { MediaView } from '../../media/shapes/contract.ts';

/** A first or only name, in any script. */
export const PersonName = line(100);
/** Empty for people with one name. */
export const LastName = lineOrNothing(100);

const Bio = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:[^\p{Cc}\p{Surrogate}]|\n)*$/u, 'may not hold control characters other than line breaks');

/** A number in its one international form (ITU-T E.164). */
const Phone = z
  .string()
  .trim()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be an international number such as +8801712345678, digits only');

/** What anyone who is signed in may see of a person. */
export const PublicProfile = z.object({
  id: Id,
  username: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  bio: z.string().nullable(),
  /** Good for one to two days, as every address of a picture. */
  avatarUrl: z.string().nullable(),
  cover: MediaView.nullable(),
  isVerified: z.boolean(),
});

const Profile = z.object({
  firstName: z.string(),
  lastName: z.string(),
  bio: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  cover: MediaView.nullable(),
  /** E.164; shown to its owner only. */
  phone: z.string().nullable(),
  /** IANA, by which quiet hours go; UTC until it is told. Shown to its owner only. */
  timeZone: z.string(),
  /** Whether what the person said says so when somebody forwards it. Shown to its owner only. */
  isNamedInForwards: z.boolean(),
  /** 0 to 100. */
  completionPercentage: z.number().int(),
});

export const me = operation({
  name: 'profile.me',
  summary: 'The caller’s account with its profile.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({
    id: Id,
    email: z.string(),
    username: z.string(),
    role: z.enum(UserRole),
    emailVerified: z.boolean(),
    isVerified: z.boolean(),
    createdAt: z.iso.datetime(),
    profile: Profile,
  }),
  errors: [],
  http: 'GET /v1/me',
});

export const update = operation({
  name: 'profile.update',
  summary: 'Change the caller’s names, bio, phone number or time zone; what is absent stays, what is null is removed.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    firstName: PersonName.optional(),
    lastName: LastName.optional(),
    bio: Bio.nullable().optional(),
    /** An account of its own for every number. */
    phone: Phone.nullable().optional(),
    /** Where the caller lives: quiet hours go by it. */
    timeZone: TimeZone.optional(),
    /** Whether forwarded messages of the caller’s say whose they were. */
    isNamedInForwards: z.boolean().optional(),
  }),
  output: Profile,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/me',
});

const pictureChoice = {
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ assetId: Id.toLowerCase().nullable() }),
  output: Profile,
  errors: ['CONFLICT'],
} as const;

export const setAvatar = operation({
  ...pictureChoice,
  name: 'profile.setAvatar',
  summary: 'Choose one of the caller’s own pictures as what others see beside their name, or none.',
  http: 'PUT /v1/me/avatar',
});

export const setCover = operation({
  ...pictureChoice,
  name: 'profile.setCover',
  summary: 'Choose one of the caller’s own pictures as the cover of their profile, or none.',
  http: 'PUT /v1/me/cover',
});

export const find = operation({
  name: 'profile.find',
  summary: 'Profiles by ids, or of people whose username begins with some letters, in its order.',
  access: 'user',
  durability: 'read',
  scopes: ['PEOPLE_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z
    .object({
      userIds: z.array(Id).min(1).max(100).optional(),
      /** The beginning of a username. */
      username: z
        .string()
        .trim()
        .toLowerCase()
        .max(30)
        .regex(/^[a-z0-9_.]+$/, 'may hold letters a-z, digits, "_" and "."')
        .optional(),
      /** `nextCursor` of the page before; for usernames only. */
      cursor: z
        .string()
        .max(30)
        .regex(/^[a-z0-9_.]+$/, 'must be a nextCursor')
        .optional(),
      limit: z.number().int().min(1).max(20).default(20),
    })
    .refine(({ userIds, username }) => (userIds === undefined) !== (username === undefined), {
      message: 'give either userIds or username',
      path: ['userIds'],
    }),
  output: page(PublicProfile),
  errors: [],
  http: 'GET /v1/profiles',
});

/** As it stands in the address of a person’s page. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .max(30)
  .regex(/^[a-z0-9_.]+$/, 'may hold letters a-z, digits, "_" and "."');

/** A person as their own page shows them. */
export const ProfilePage = PublicProfile.extend({
  /** One line under the name. */
  headline: z.string().nullable(),
  avatar: MediaView.nullable(),
});

export const get = operation({
  name: 'profile.get',
  summary:
    'The page of one person, by their username. Whoever shows it to members only is found by who is signed in; with a narrower choice it is the person’s own. A block hides each from the other.',
  access: 'public',
  durability: 'read',
  scopes: ['PEOPLE_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: z.object({ username: Username }),
  output: ProfilePage,
  errors: [],
  http: 'GET /v1/people/{username}',
});

export const search = operation({
  name: 'profile.search',
  summary:
    'People by their name, then headline and city, then bio; names spelled alike when hardly anything holds the words. Only who shows the profile to members, and nobody who blocked the caller or whom the caller blocked.',
  access: 'user',
  durability: 'read',
  scopes: ['PEOPLE_READ'],
  rates: [{ limit: 240, windowSeconds: 60, by: 'actor' }],
  input: z.object({ words: Words, ...pageInput({ most: 50, usual: 20 }) }),
  output: page(PublicProfile).extend({ matched: Matched }),
  errors: [],
  http: 'GET /v1/search/profiles',
});
