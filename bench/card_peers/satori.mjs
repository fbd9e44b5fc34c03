// node satori.mjs SPEC SECONDS OUT: renders the cards of SPEC again and again; prints JSON.
import { readFile, writeFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";
import { tree } from "./scene.mjs";

const [spec, seconds, out] = process.argv.slice(2);
const { cards, regular, bold } = JSON.parse(await readFile(spec, "utf8"));
const fonts = [
  { name: "Noto Sans", data: await readFile(regular), weight: 400, style: "normal" },
  { name: "Noto Sans", data: await readFile(bold), weight: 700, style: "normal" },
];
const draw = async (card) => {
  const svg = await satori(tree(card), { width: 1200, height: 630, fonts });
  return new Resvg(svg).render().asPng();
};

for (let index = 0; index < 10; index += 1) await draw(cards[index % cards.length]);
await writeFile(out, await draw(cards[0]));
const begun = performance.now();
const before = process.cpuUsage();
let images = 0;
let bytes = 0;
const spent = () => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
while (spent() < seconds) {
  bytes += (await draw(cards[images % cards.length])).length;
  images += 1;
}
const cpu = spent();
console.log(JSON.stringify({ images, cpu, seconds: (performance.now() - begun) / 1000, bytes }));
