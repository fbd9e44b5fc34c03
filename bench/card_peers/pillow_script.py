"""Draw the card as a plain Pillow script does: fit in a loop, draw, save; prints JSON.

The landscape is painted once and copied (in its favour).
"""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

INK, ACCENT, WHITE = (20, 35, 43), (11, 107, 93), (255, 255, 255)


def wrap(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Fill lines word by word."""
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if draw.textlength(tried, font=font) <= width:
            lines[-1] = tried
        else:
            lines.append(word)
    return "\n".join(lines)


def landscape() -> Image.Image:
    """Paint sun and hills."""
    image = Image.new("RGB", (1200, 630), (241, 244, 241))
    draw = ImageDraw.Draw(image)
    draw.ellipse((800, 258, 1192, 650), fill=(242, 233, 206))
    draw.ellipse((868, 326, 1124, 582), fill=(246, 207, 125))
    draw.ellipse((-400, 430, 900, 1200), fill=(225, 234, 230))
    draw.ellipse((300, 450, 1700, 1300), fill=(198, 218, 213))
    draw.rectangle((0, 510, 1200, 630), fill=ACCENT)
    return image


def render(card: dict[str, str], ground: Image.Image, regular: str, bold: str) -> bytes:
    """Draw one card."""
    image = ground.copy()
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((64, 56, 120, 64), 4, fill=ACCENT)
    draw.text((64, 80), card["title"], font=ImageFont.truetype(bold, 28), fill=ACCENT)
    for size in range(92, 29, -2):
        font = ImageFont.truetype(bold, size)
        text = wrap(draw, card["fact"], font, 1000)
        box = draw.multiline_textbbox((0, 0), text, font=font, spacing=6)
        if box[3] - box[1] <= 288 and box[2] <= 1000:
            break
    draw.multiline_text((64, 140), text, font=font, fill=INK, spacing=6)
    small = ImageFont.truetype(regular, 26)
    draw.text((64, 548), card["number"], font=ImageFont.truetype(bold, 38), fill=WHITE)
    draw.text((340, 556), card["talk"], font=small, fill=WHITE)
    draw.text((1136, 556), card["title"], font=small, fill=WHITE, anchor="ra")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    """Render the cards of a specification again and again."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    cards, ground = spec["cards"], landscape()
    fonts = spec["regular"], spec["bold"]
    Path(sys.argv[3]).write_bytes(render(cards[0], ground, *fonts))
    images = size = 0
    begun, before = time.perf_counter(), time.process_time()
    while time.process_time() - before < float(sys.argv[2]):
        size += len(render(cards[images % len(cards)], ground, *fonts))
        images += 1
    cpu, seconds = time.process_time() - before, time.perf_counter() - begun
    print(json.dumps({"images": images, "cpu": cpu, "seconds": seconds, "bytes": size}))


if __name__ == "__main__":
    main()
