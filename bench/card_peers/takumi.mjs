// node takumi.mjs SPEC SECONDS OUT: renders the cards of SPEC again and again; prints JSON.
import { readFile, writeFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";
import { Renderer } from "@takumi-rs/core";
import { landscape, nodes } from "./scene.mjs";

const [spec, seconds, out] = process.argv.slice(2);
const { cards, regular, bold } = JSON.parse(await readFile(spec, "utf8"));
const svg = Buffer.from(landscape.split(",")[1], "base64").toString();
const renderer = new Renderer();
for (const file of [regular, bold]) await renderer.registerFont({ name: "Noto Sans", data: await readFile(file) });
const images = [{ src: "landscape", data: new Resvg(svg).render().asPng() }];
const draw = (card) => renderer.render(nodes(card), { width: 1200, height: 630, format: "png", images });

for (let index = 0; index < 10; index += 1) await draw(cards[index % cards.length]);
await writeFile(out, await draw(cards[0]));
const begun = performance.now();
const before = process.cpuUsage();
let made = 0;
let bytes = 0;
const spent = () => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
while (spent() < seconds) {
  bytes += (await draw(cards[made % cards.length])).length;
  made += 1;
}
const cpu = spent();
console.log(JSON.stringify({ images: made, cpu, seconds: (performance.now() - begun) / 1000, bytes }));
