// The card "fact" as a tree that satori and takumi both take: landscape, title, headline, foot.
const element = (type, style, children, more = {}) => ({
  type,
  props: { style, children, ...more },
});

const box = (style, children) => element("div", { display: "flex", position: "absolute", ...style }, children);

// Hills and sun as one picture, encoded once: satori hands it on to resvg, which draws it each time.
const landscape =
  "data:image/svg+xml;base64," +
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
      <rect width="1200" height="630" fill="#f1f4f1"/>
      <circle cx="996" cy="454" r="196" fill="#f2e9ce"/><circle cx="996" cy="454" r="128" fill="#f6cf7d"/>
      <path d="M0 466 C100 440 180 430 216 441 S400 490 480 479 S660 440 744 447 S900 480 984 466 S1160 420 1200 416 V630 H0Z" fill="#e1eae6"/>
      <path d="M0 517 C120 510 200 500 288 504 S500 470 600 466 S800 500 888 498 S1120 470 1200 466 V630 H0Z" fill="#c6dad5"/>
      <path d="M0 507 C150 515 260 522 360 520 S640 515 792 513 S1080 505 1200 498 V630 H0Z" fill="#0b6b5d"/>
    </svg>`,
  ).toString("base64");

export const tree = (card) =>
  element("div", { display: "flex", width: 1200, height: 630, backgroundColor: "#f1f4f1" }, [
    element("img", { position: "absolute", left: 0, top: 0, width: 1200, height: 630 }, undefined, {
      src: landscape,
      width: 1200,
      height: 630,
    }),
    box({ left: 64, top: 56, width: 56, height: 8, borderRadius: 4, backgroundColor: "#0b6b5d" }),
    box({ left: 64, top: 80, fontSize: 28, fontWeight: 700, color: "#0b6b5d" }, card.title),
    box(
      {
        left: 64,
        top: 122,
        width: 1000,
        height: 288,
        alignItems: "center",
        fontSize: card.size,
        fontWeight: 700,
        lineHeight: 1.16,
        color: "#14232b",
      },
      card.fact,
    ),
    box({ left: 64, top: 552, fontSize: 38, fontWeight: 700, color: "#ffffff" }, card.number),
    box({ left: 340, top: 562, fontSize: 26, color: "#ffffff" }, card.talk),
    box({ right: 64, top: 562, fontSize: 26, color: "#ffffff" }, card.title),
  ]);

// Takumi's own nodes: the same boxes, the landscape drawn before and kept as a PNG (in its favour).
export const nodes = (card) => {
  const text = (style, words) => ({ type: "text", text: words, style: { position: "absolute", ...style } });
  return {
    type: "container",
    style: { width: "1200px", height: "630px", backgroundColor: "#f1f4f1", fontFamily: "Noto Sans" },
    children: [
      { type: "image", src: "landscape", style: { position: "absolute", left: "0px", top: "0px", width: "1200px", height: "630px" } },
      { type: "container", style: { position: "absolute", left: "64px", top: "56px", width: "56px", height: "8px", borderRadius: "4px", backgroundColor: "#0b6b5d" } },
      text({ left: "64px", top: "80px", fontSize: "28px", fontWeight: 700, color: "#0b6b5d" }, card.title),
      text({ left: "64px", top: "122px", width: "1000px", fontSize: `${card.size}px`, fontWeight: 700, lineHeight: 1.16, color: "#14232b" }, card.fact),
      text({ left: "64px", top: "552px", fontSize: "38px", fontWeight: 700, color: "#ffffff" }, card.number),
      text({ left: "340px", top: "562px", fontSize: "26px", color: "#ffffff" }, card.talk),
      text({ right: "64px", top: "562px", fontSize: "26px", color: "#ffffff" }, card.title),
    ],
  };
};

export { landscape };
