interface Fields {
  firstName: string;
  bio: string | null;
  hasAvatar: boolean;
}

/** How much of a profile is filled in, 0 to 100. The name counts half, also of people who have one name only. */
export const profileCompletion = ({ firstName, bio, hasAvatar }: Fields): number =>
  [firstName, firstName, bio, hasAvatar].filter(Boolean).length * 25;
