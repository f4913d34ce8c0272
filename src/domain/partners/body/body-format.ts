export const BODY_FORMATS = ['auto', 'json', 'form', 'text'] as const;
export type BodyFormat = (typeof BODY_FORMATS)[number];

const JSON_TYPE = /^(?:application|text)\/json$|^[a-z0-9.-]+\/[a-z0-9.+-]+\+json$/;
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Type and subtype in lower case, without parameters. */
export function mediaTypeOf(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

export const isForm = (contentType: string): boolean => mediaTypeOf(contentType) === FORM_TYPE;

const ACCEPTS: Readonly<Record<BodyFormat, (mediaType: string) => boolean>> = {
  auto: (type) => JSON_TYPE.test(type) || type === FORM_TYPE,
  json: (type) => JSON_TYPE.test(type),
  form: (type) => type === FORM_TYPE,
  text: (type) => type.startsWith('text/'),
};

/** `more` are media types that a sender writes although its bodies are of this format. */
export const acceptsContentType = (
  format: BodyFormat,
  contentType: string,
  more: readonly string[],
): boolean => {
  if (contentType === 'application/json') return format === 'auto' || format === 'json';
  const mediaType = mediaTypeOf(contentType);
  return ACCEPTS[format](mediaType) || more.includes(mediaType);
};

/** What a body of this type is read as. */
export const formatOf = (format: BodyFormat, contentType: string): Exclude<BodyFormat, 'auto'> => {
  if (format !== 'auto') return format;
  return isForm(contentType) ? 'form' : 'json';
};
