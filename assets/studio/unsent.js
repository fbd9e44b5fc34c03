// Keeps what is typed and not saved yet in this browser: it outlives a closed tab, a studio that was
// ended and one that does not answer. A tab that is open holds the lock of its own words.
const PREFIX = 'stopjihad-unsent:';

// Words of one place: a talking point, a language of the desk. Without storage (a browser that
// forbids it, a full one) nothing is kept, and the page works as before.
export function unsent(place) {
  const start = `${PREFIX}${place}#`;
  const own = start + Math.random().toString(36).slice(2);
  navigator.locks?.request(own, () => new Promise(() => {})); // let go with the tab
  return {
    keep(entries) {
      try {
        if (entries.length) localStorage.setItem(own, JSON.stringify(entries));
        else localStorage.removeItem(own);
      } catch { /* see above */ }
    },
    // Gives what tabs left that are gone, the oldest first.
    async recall() {
      const found = [];
      try {
        const { held } = await navigator.locks.query();
        const open = new Set(held.map((lock) => lock.name));
        for (const name of Object.keys(localStorage).sort()) {
          if (!name.startsWith(start) || open.has(name)) continue;
          found.push(...JSON.parse(localStorage.getItem(name)));
          localStorage.removeItem(name);
        }
      } catch { /* see above */ }
      return found;
    },
  };
}
