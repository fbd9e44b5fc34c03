"""The campaign's logo stands in the header of every page, and is the icon of the site."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from click.testing import CliRunner
from PIL import Image
from stopjihad.build.logo import HEADER, ICON, logo_assets
from stopjihad.cli.main import main

from support.build import REPOSITORY, day_of_the_campaign


def logo() -> bytes:
    picture = Image.new("RGBA", (600, 400))
    picture.paste((180, 30, 90, 255), (0, 100, 600, 300))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def test_a_logo_is_cut_to_what_is_seen_and_made_small() -> None:
    made = {name: Image.open(io.BytesIO(data)) for name, data in logo_assets(logo()).items()}
    assert {name: picture.size for name, picture in made.items()} == {
        HEADER: (288, 96),
        ICON: (96, 96),
    }
    assert made[ICON].getpixel((48, 2)) == (0, 0, 0, 0)
    assert made[ICON].getpixel((48, 48)) == (180, 30, 90, 255)
    assert logo_assets(b"") == {}


def test_a_logo_stands_on_pages_and_in_the_tab(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "tests" / "invalid" / "_base", tmp_path, dirs_exist_ok=True)
    campaign = tmp_path / "campaigns" / "demo"
    (campaign / "media").mkdir()
    (campaign / "media" / "logo.png").write_bytes(logo())
    own = campaign / "campaign.yaml"
    own.write_text(own.read_text("utf-8") + "brand: {logo: logo.png}\n", "utf-8")
    when = {"SOURCE_DATE_EPOCH": day_of_the_campaign()}
    words = ["-C", str(tmp_path), "build", "--only", "site", "--jobs", "1"]
    built = CliRunner().invoke(main, words, env=when)
    assert built.exit_code == 0, built.output
    site = tmp_path / "dist" / "demo" / "site"
    (header,) = site.glob("assets/brand.*.png")
    (icon,) = site.glob("assets/brand-icon.*.png")
    page = (site / "en" / "index.html").read_text("utf-8")
    assert f'<img src="../assets/{header.name}" alt="">' in page
    assert f'<link rel="icon" href="../assets/{icon.name}" type="image/png">' in page
