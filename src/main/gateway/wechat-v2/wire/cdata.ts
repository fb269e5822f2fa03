const SECTION = /<!\[CDATA\[[\s\S]*?\]\]>/g;

/** A text without its CDATA sections: what is left of it is markup. Undefined when a section never closes. */
export function withoutCdata(text: string): string | undefined {
  return isClosed(text) ? text.replace(SECTION, '') : undefined;
}

/** The same with each section blanked out, so that everything stands where it stood. */
export function withCdataBlank(text: string): string | undefined {
  return isClosed(text) ? text.replace(SECTION, (section) => ' '.repeat(section.length)) : undefined;
}

/** Known beforehand, the sections are found in one pass; else each that is opened would be looked through to the end. */
function isClosed(text: string): boolean {
  return text.lastIndexOf('<![CDATA[') <= text.lastIndexOf(']]>');
}
