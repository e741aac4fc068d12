interface Fields {
  firstName: string;
  lastName: string;
  bio: string | null;
  hasAvatar: boolean;
}

/** How much of a profile is filled in, 0 to 100: each field counts the same. */
export const profileCompletion = ({ firstName, lastName, bio, hasAvatar }: Fields): number => {
  const fields = [firstName, lastName, bio, hasAvatar];
  return Math.round((100 * fields.filter(Boolean).length) / fields.length);
};
