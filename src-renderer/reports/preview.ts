import type { Preferences } from '../../src-main/ipc/views.ts';

export interface PreviewSection {
  id: string;
  title: string;
}

/** The sections that a report's own contents name. */
export function sectionsOf(html: string): PreviewSection[] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return Array.from(page.querySelectorAll('nav a'), (link) => ({
    id: link.getAttribute('href')?.slice(1) ?? '',
    title: link.textContent ?? '',
  }));
}

const CONTENTS = /<nav class="contents".*?<\/nav>/s;

/**
 * As the window shows it: in its theme where the analyst has set one (else the report follows the system, as the window
 * does), and without its contents, whose links lead nowhere in a frame that has no address; they stand beside it.
 */
export function previewOf(html: string, theme: Preferences['theme']): string {
  const body = html.replace(CONTENTS, '');
  return theme === 'system' ? body : body.replace('<html lang="en">', `<html lang="en" data-theme="${theme}">`);
}
