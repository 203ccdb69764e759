// The site's local storage, or memory when the page may not use it (blocked cookies, sandboxed frames, full quota).

export interface Shelf {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export class MemoryShelf implements Shelf {
  private readonly values = new Map<string, string>();

  get(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.values.set(key, value);
  }

  remove(key: string): void {
    this.values.delete(key);
  }

  keys(): string[] {
    return [...this.values.keys()];
  }
}

/** Keys live under a prefix, beside the host page's own. A write the browser refuses is kept in memory. */
export class WebShelf implements Shelf {
  private readonly overflow = new MemoryShelf();

  constructor(
    private readonly storage: Storage,
    readonly prefix: string,
  ) {}

  get(key: string): string | null {
    return this.overflow.get(key) ?? this.storage.getItem(this.prefix + key);
  }

  set(key: string, value: string): void {
    try {
      this.storage.setItem(this.prefix + key, value);
      this.overflow.remove(key);
    } catch {
      this.overflow.set(key, value);
    }
  }

  remove(key: string): void {
    this.overflow.remove(key);
    this.storage.removeItem(this.prefix + key);
  }

  keys(): string[] {
    const found = new Set(this.overflow.keys());
    for (let i = 0; i < this.storage.length; i++) {
      const key = this.storage.key(i);
      if (key?.startsWith(this.prefix)) found.add(key.slice(this.prefix.length));
    }
    return [...found];
  }
}

/** `pick` may throw: reading `window.localStorage` does when it is blocked. */
export function openShelf(pick: () => Storage, prefix: string): Shelf {
  try {
    const storage = pick();
    const probe = `${prefix}probe`;
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return new WebShelf(storage, prefix);
  } catch {
    return new MemoryShelf();
  }
}
