"""Files that are served: the report and the viewer as they lie on the disk, and the program's styles and scripts."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from align.web.folder_files import file_in
from align.web.review.page_assets import FOLDER, Assets, media_type

# The kinds of files that a report or a viewer has; no other file is served.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def folder_routes(name: str, folder: Path) -> list[Route]:
    """The routes of a folder of files under /NAME/."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_file, folder, request.path_params["path"], request)

    async def lead_in(_: Request) -> Response:
        return RedirectResponse(f"/{name}/", 307)

    return [
        Route(f"/{name}", lead_in, methods=["GET"]),
        Route(f"/{name}/{{path:path}}", endpoint, methods=["GET"]),
    ]


def asset_route(assets: Assets) -> Route:
    """The route of the program's own styles and scripts; an address with their digest may be kept for ever."""

    async def endpoint(request: Request) -> Response:
        name = request.path_params["name"]
        data = assets.files.get(name)
        if data is None:
            return _absent()
        kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
        return Response(data, media_type=media_type(name), headers={"Cache-Control": kept})

    return Route(FOLDER + "{name}", endpoint, methods=["GET"])


def _file(folder: Path, name: str, request: Request) -> Response:
    path = file_in(folder, name)
    kind = None if path is None else _TYPES.get(path.suffix)
    if (
        path is None
        or kind is None
        or any(part.startswith(".") for part in path.relative_to(os.path.realpath(folder)).parts)
    ):
        return _absent()
    try:
        status = path.stat()
    except OSError:
        return _absent()
    tag = f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in [own.strip().removeprefix("W/") for own in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers, stat_result=status)


def _absent() -> Response:
    return PlainTextResponse("There is no such file.\n", 404)
