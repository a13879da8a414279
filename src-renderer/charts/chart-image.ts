import type { ChartTheme } from './theme.ts';

const MARGIN = 12;
const TITLE_PX = 15;

/** The chart under its title on the theme's own ground, at the screen's resolution. */
export function pngOf(canvas: HTMLCanvasElement, title: string, theme: ChartTheme): Promise<Blob> {
  const scale = canvas.width / canvas.clientWidth;
  const head = TITLE_PX + 2 * MARGIN;
  const image = document.createElement('canvas');
  image.width = canvas.width + Math.round(2 * MARGIN * scale);
  image.height = canvas.height + Math.round((head + MARGIN) * scale);
  const context = image.getContext('2d');
  if (context === null) return Promise.reject(new Error('no canvas to draw on'));
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, image.width, image.height);
  context.fillStyle = theme.ink;
  context.font = `600 ${TITLE_PX * scale}px ${theme.font}`;
  context.textBaseline = 'middle';
  context.fillText(title, MARGIN * scale, (head / 2) * scale);
  context.drawImage(canvas, MARGIN * scale, head * scale);
  return new Promise((resolve, reject) => {
    image.toBlob((blob) => (blob === null ? reject(new Error('the image could not be made')) : resolve(blob)));
  });
}
