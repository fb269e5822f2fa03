type Env = Readonly<Record<string, string | undefined>>;

/** Is there a screen to open a window on? Linux says so in its environment; the others always have one. */
export function hasDisplay(env: Env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Chromium's sandbox does not work for root, so a browser run by root needs it switched off. Never so on a till. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
