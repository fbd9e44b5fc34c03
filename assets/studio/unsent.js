// Keeps what is typed and not saved yet in this browser: it outlives a closed tab, a studio that was
// ended and one that does not answer. A tab that is open holds the lock of its own words.
const PREFIX = 'stopjihad-unsent:';
const CLOSING = 10_000; // milliseconds in which a tab that was closed is gone, on a slow computer too

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
    // Hands over what tabs left that are gone, the oldest first; one that is being closed lets go
    // within seconds. What is given back, because somebody wrote there, waits for the next tab.
    recall(take) {
      let names = [];
      try { names = Object.keys(localStorage).sort(); } catch { /* see above */ }
      for (const name of names) {
        if (!name.startsWith(start) || name === own) continue;
        navigator.locks?.request(name, { signal: AbortSignal.timeout(CLOSING) }, () => {
          const left = take(JSON.parse(localStorage.getItem(name) ?? '[]'));
          if (left.length) localStorage.setItem(name, JSON.stringify(left));
          else localStorage.removeItem(name);
        }).catch(() => {}); // a tab that is open keeps its own
      }
    },
  };
}
