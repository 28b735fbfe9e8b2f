"""Handing out stored files."""

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext as _

from repertory.core.errors import NotFound
from repertory.platform.models import Attachment


def file_answer(found: Attachment) -> FileResponse:
    """Always saved, never shown by the browser inside our pages; a picture still shows in an <img>."""
    try:
        content = default_storage.open(found.stored_as)
    except FileNotFoundError:
        raise NotFound(_("这个文件的内容不在服务器上了，请联系管理员从备份恢复。")) from None
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
