"""Pinyin of Chinese names: for search by pinyin or initials, for sorting and for finding duplicates.

Only single-character readings are taken from the dictionary: its phrase table costs 45 MB a process, and a
sales archive needs a few dozen phrases (places, 银行, 音乐), which stand here.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice, product
from typing import NamedTuple

# Read by the library while it is imported.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

MAX_ALTERNATIVES = 4
"""Readings kept beside the likeliest one; more would only blur a search."""

DEFAULTS = dict(
    长="chang", 都="du", 藏="zang", 佛="fo", 厦="xia", 勒="le", 坻="di", 蚌="beng", 什="shi", 卡="ka", 地="di",
    埔="pu", 堡="bao", 犍="qian", 漯="luo", 枞="zong", 亳="bo", 卜="bu", 薄="bo", 莞="guan", 歙="she", 浚="jun",
    囊="nang", 侗="dong", 茄="qie", 的="de", 和="he", 宿="su", 汤="tang", 埠="bu", 峪="yu", 呼="hu", 着="zhe",
    泌="mi", 晟="sheng", 柏="bai", 盛="sheng", 尉="wei", 参="shen", 骨="gu", 脉="mai", 胖="pang",
)  # fmt: skip
"""Characters whose first dictionary reading is not the usual one in the names of people and institutions."""

PHRASES = {
    phrase: tuple(reading.split())
    for phrase, reading in (
        pair.split(":")
        for pair in (
            "重庆:chong qing,重阳:chong yang,重整:chong zheng,双重:shuang chong,重组:chong zu,九重:jiu chong,"
            "乐亭:lao ting,乐清:yue qing,音乐:yin yue,乐器:yue qi,牟平:mu ping,中牟:zhong mu,六安:lu an,六合:lu he,"
            "大埔:da bu,黄埔:huang pu,吴堡:wu bu,铅山:yan shan,东阿:dong e,阿胶:e jiao,蔚县:yu xian,尉犁:yu li,"
            "黄陂:huang pi,番禺:pan yu,吐鲁番:tu lu fan,单县:shan xian,会计:kuai ji,会稽:kuai ji,大夫:dai fu,"
            "曾都:zeng du,长子县:zhang zi xian,院长:yuan zhang,校长:xiao zhang,部长:bu zhang,生长:sheng zhang,"
            "成长:cheng zhang,增长:zeng zhang,家长:jia zhang,长者:zhang zhe,银行:yin hang,行业:hang ye,商行:shang hang,"
            "药行:yao hang,总行:zong hang,分行:fen hang,支行:zhi hang,车行:che hang,洋行:yang hang,泌阳:bi yang,"
            "莘县:shen xian,浚县:xun xian,十堰:shi yan,洪洞:hong tong,调理:tiao li,调剂:tiao ji,调养:tiao yang,"
            "调味:tiao wei,宝藏:bao zang,收藏:shou cang,珍藏:zhen cang,冷藏:leng cang,仓储:cang chu,"
            "马尾:ma wei,朝晖:zhao hui,朝霞:zhao xia,今朝:jin zhao,厦大:xia da,大厦:da sha,广厦:guang sha,"
            "华厦:hua sha,仿佛:fang fu,参加:can jia,参考:can kao,人参:ren shen,传记:zhuan ji,降压:jiang ya,"
            "便民:bian min,方便:fang bian,便宜:pian yi,石家庄:shi jia zhuang,东莞:dong guan,率先:shuai xian,"
            "效率:xiao lv,血压:xue ya,盖县:gai xian,台州:tai zhou,繁峙:fan shi,涡阳:guo yang,浒墅关:xu shu guan,"
            "隆尧:long yao,任丘:ren qiu,任县:ren xian,井陉:jing xing,蓟州:ji zhou,蠡县:li xian,获嘉:huo jia,"
            "柞水:zha shui,鄠邑:hu yi,盩厔:zhou zhi,栎阳:yue yang,华阴:hua yin,华县:hua xian,余杭:yu hang,"
            "什邡:shi fang,筠连:jun lian,珙县:gong xian,郫都:pi du,射洪:she hong,荥经:ying jing,荥阳:xing yang,"
            "武陟:wu zhi,渑池:mian chi,郏县:jia xian,砀山:dang shan,濉溪:sui xi,黟县:yi xian,颍上:ying shang,"
            "郯城:tan cheng,莒县:ju xian,兖州:yan zhou,鄄城:juan cheng,茌平:chi ping,临朐:lin qu,盱眙:xu yi,"
            "邳州:pi zhou,睢宁:sui ning,邗江:han jiang,甪直:lu zhi,鄞州:yin zhou,嵊州:sheng zhou,衢州:qu zhou,"
            "弋阳:yi yang,婺源:wu yuan,郴州:chen zhou,耒阳:lei yang,汨罗:mi luo,儋州:dan zhou,百色:bai se,"
            "监利:jian li,秭归:zi gui,郧阳:yun yang,房县:fang xian,猇亭:xiao ting,酂城:cuo cheng,朴素:pu su"
        ).split(",")
    )
}

SURNAMES = {
    surname: tuple(tuple(reading.split()) for reading in readings.split("|"))
    for surname, readings in (
        pair.split(":")
        for pair in (
            "曾:zeng|ceng,单:shan|dan|chan,仇:qiu|chou,解:xie|jie,查:zha|cha,区:ou|qu,朴:piao|pu,盖:ge|gai,"
            "任:ren,华:hua,宁:ning,召:shao|zhao,翟:zhai|di,员:yun|yuan,贠:yun,贲:ben,繁:po|fan,秘:bi|mi,缪:miao|mou,"
            "折:she|zhe,重:chong|zhong,黑:he|hei,冼:xian,洗:xian|xi,覃:qin|tan,乐:yue|le,句:gou|ju,种:chong|zhong,"
            "逄:pang,宿:su,石:shi,卜:bu,薄:bo|bao,幺:yao,么:yao|me,祭:zhai|ji,佴:nai,隗:wei|kui,都:du,能:nai|neng,"
            "阚:kan,郗:xi|chi,郇:xun|huan,谌:chen|shen,燕:yan,应:ying,藏:zang,臧:zang,相:xiang,葛:ge,干:gan,"
            "牟:mou|mu,粘:nian|zhan,哈:ha,俞:yu,於:yu,那:na|nuo,莘:shen|xin,撒:sa,乜:nie|mie,过:guo,盛:sheng,"
            "强:qiang,宓:mi|fu,仉:zhang,炅:gui|jiong,瞿:qu,柏:bai|bo,眭:sui,纪:ji,曲:qu,尹:yin,车:che,朝:chao,"
            "谷:gu,戚:qi,晟:cheng|sheng,少:shao,闫:yan,阎:yan,褚:chu|zhu,靳:jin,晁:chao,鲜:xian,尉:wei|yu,"
            "长:chang|zhang,行:xing|hang,合:he,叶:ye,角:jue|jiao,佛:fo,红:hong,颉:xie|jie,钭:tou|dou,适:kuo|shi,"
            "妫:gui,暨:ji,郏:jia,郄:qie|xi,笪:da,妥:tuo,仝:tong,肖:xiao,萧:xiao,沈:shen,陆:lu,洪:hong,殷:yin,"
            "尉迟:yu chi|wei chi,长孙:zhang sun|chang sun,万俟:mo qi|wan si,澹台:tan tai|dan tai,鲜于:xian yu,"
            "单于:chan yu|shan yu,令狐:ling hu,欧阳:ou yang,司马:si ma,上官:shang guan,诸葛:zhu ge,夏侯:xia hou,"
            "皇甫:huang fu,慕容:mu rong,宇文:yu wen,司徒:si tu,呼延:hu yan,公孙:gong sun,轩辕:xuan yuan,亓官:qi guan,"
            "东方:dong fang,端木:duan mu,独孤:du gu,南宫:nan gong,拓跋:tuo ba,完颜:wan yan,纳兰:na lan,濮阳:pu yang"
        ).split(",")
    )
}
"""Surnames read differently as a name, and compound surnames: the likeliest reading first."""

SEVERAL = {
    "乐": ("yue", "le"), "长": ("chang", "zhang"), "重": ("zhong", "chong"), "朝": ("chao", "zhao"),
    "行": ("xing", "hang"), "曾": ("ceng", "zeng"), "单": ("dan", "shan"), "厦": ("xia", "sha"),
    "朴": ("pu", "piao"), "柏": ("bai", "bo"), "晟": ("sheng", "cheng"), "茜": ("qian", "xi"),
    "莎": ("sha", "suo"), "贾": ("jia", "gu"), "覃": ("qin", "tan"), "都": ("du", "dou"), "藏": ("zang", "cang"),
    "率": ("lv", "shuai"), "卡": ("ka", "qia"), "降": ("jiang", "xiang"), "传": ("chuan", "zhuan"),
    "调": ("diao", "tiao"), "堡": ("bao", "bu", "pu"), "埔": ("pu", "bu"), "六": ("liu", "lu"), "会": ("hui", "kuai"),
    "解": ("jie", "xie"), "查": ("cha", "zha"), "仇": ("chou", "qiu"), "盖": ("gai", "ge"), "莘": ("shen", "xin"),
    "参": ("shen", "can"), "大": ("da", "dai"), "什": ("shi", "shen"), "尉": ("wei", "yu"), "骑": ("qi", "ji"),
}  # fmt: skip
"""Characters in the middle of a name that people read in more than one way."""

_PIECE = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]|[a-zA-Z]+|[0-9]+")
_PHRASE = re.compile("|".join(sorted(PHRASES, key=len, reverse=True)))
_HAS_SEVERAL = re.compile("[" + "".join(SEVERAL) + "]")


class Reading(NamedTuple):
    """How a name sounds.

    full: lower-case syllables in order; a run of letters or digits is one of them ("bei", "jing", "466", "yi", "yuan").
    initials: first letters, digits whole ("bj466yy"). alternatives: other plausible `full`s, likeliest first, at most 4.
    """

    full: tuple[str, ...]
    initials: str
    alternatives: tuple[tuple[str, ...], ...] = ()

    @property
    def pinyin(self) -> str:
        """The syllables without spaces: "zengguofan"."""
        return "".join(self.full)

    @property
    def spaced(self) -> str:
        """The syllables with spaces, for sorting: "zeng guo fan"."""
        return " ".join(self.full)

    @property
    def all_initials(self) -> tuple[str, ...]:
        """The initials of every reading, each once."""
        return tuple(dict.fromkeys([self.initials, *(initials_of(full) for full in self.alternatives)]))


class _Syllables(dict[str, str]):
    """Piece of a name → its syllable, looked up once per character."""

    def __missing__(self, piece: str) -> str:
        if piece.isascii():
            return piece.lower()  # not kept: words and numbers have no end
        readings = PINYIN_DICT.get(ord(piece))
        self[piece] = syllable = to_normal(readings.split(",")[0]) if readings else piece
        return syllable


_syllables = _Syllables(DEFAULTS)


def initials_of(syllables: Iterable[str]) -> str:
    """First letters of the syllables; a number stays whole."""
    return "".join(syllable if syllable[0].isdigit() else syllable[0] for syllable in syllables)


def romanise(name: str, *, person: bool) -> Reading:
    """Read a name aloud. person: whether it is a human's, so that 单 at its head is Shan and not Dan."""
    if not unicodedata.is_normalized("NFKC", name):
        name = unicodedata.normalize("NFKC", name)
    pieces = _PIECE.findall(name)
    syllables = list(map(_syllables.__getitem__, pieces))
    fixed: set[int] = set()
    if not person and _PHRASE.search(name):
        fixed = _apply_phrases("".join(piece if len(piece) == 1 else "\0" for piece in pieces), syllables)
    head = _surname(pieces) if person else ()
    if head:
        syllables[: len(head[0])] = head[0]
        fixed = set(range(len(head[0])))
    full = tuple(syllables)
    if len(head) > 1 or _HAS_SEVERAL.search(name) or any("v" in syllable for syllable in syllables):
        return Reading(full, initials_of(full), _alternatives(pieces, full, head, fixed))
    return Reading(full, initials_of(full))


def _apply_phrases(line: str, syllables: list[str]) -> set[int]:
    """Put the readings of known phrases into `syllables`; return the positions that are now certain."""
    fixed: set[int] = set()
    for match in _PHRASE.finditer(line):
        syllables[match.start() : match.end()] = PHRASES[match.group()]
        fixed.update(range(match.start(), match.end()))
    return fixed


def _surname(pieces: list[str]) -> tuple[tuple[str, ...], ...]:
    """The readings of the surname at the head, none where the dictionary's is right anyway."""
    return SURNAMES.get("".join(pieces[:2])) or SURNAMES.get(pieces[0] if pieces else "", ())


def _alternatives(
    pieces: list[str], full: tuple[str, ...], head: tuple[tuple[str, ...], ...], fixed: set[int]
) -> tuple[tuple[str, ...], ...]:
    heads: list[tuple[str, ...]] = list(head) or [()]
    choices: list[tuple[str, ...]] = []
    for position in range(len(heads[0]), len(pieces)):
        others = () if position in fixed else SEVERAL.get(pieces[position], ())
        choices.append(tuple(dict.fromkeys([full[position], *others])))
    found = [(*start, *rest) for start in heads for rest in islice(product(*choices), MAX_ALTERNATIVES + 1)]
    found += [tuple(syllable.replace("v", "u") for syllable in each) for each in found if _typed_with_u(each)]
    return tuple(dict.fromkeys(each for each in found if each != full))[:MAX_ALTERNATIVES]


def _typed_with_u(syllables: tuple[str, ...]) -> bool:
    """吕 is lv in the dictionary and lu under many people's fingers."""
    return any(syllable in ("lv", "nv") for syllable in syllables)
