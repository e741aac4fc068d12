/** A month as a calendar draws it. */
export interface Month {
  /** ISO, such as 2026-12. */
  month: string;
  /** Empty places before its first day, of weeks that begin on Monday. */
  offset: number;
  cells: { day: number; isMarked: boolean }[];
}

/** The months that hold some of the days, in order, with these marked. @param days ISO dates, the earliest first */
export const monthsOf = (days: readonly string[]): Month[] => {
  const marked = new Set(days);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))];
  return months.map((month) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
    const offset = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
    const cells = Array.from({ length }, (_, index) => ({
      day: index + 1,
      isMarked: marked.has(`${month}-${String(index + 1).padStart(2, '0')}`),
    }));
    return { month, offset, cells };
  });
};
