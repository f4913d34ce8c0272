/** What a clock on some wall showed, before anybody says where that wall is. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 60 is a leap second and counts as the next minute's first. */
  readonly second: number;
  readonly millisecond: number;
  /** Minutes ahead of UTC, where the text says so. */
  readonly offset: number | undefined;
}

/** The moment it would be in UTC. */
export const asUtc = (time: LocalTime): number =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.millisecond);

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** False for 30 February and 25 o'clock. */
export const exists = ({ year, month, day, hour, minute, second }: LocalTime): boolean =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  (day <= 28 || day <= daysOf(year, month)) &&
  hour <= 23 &&
  minute <= 59 &&
  second <= 60;

/** First three of the digits after the point; the rest is cut. */
export const millisecondsOf = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
