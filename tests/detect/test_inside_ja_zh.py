"""Characters across the border of two words, and short words inside others, say nothing."""

from __future__ import annotations

import pytest

from monitor.detect.words.reading import read
from tests.detect.examples import article, office

# the sentence, and what it must not be taken to say
JAPANESE = [
    ("首脳はそれだけが解決策だと述べた", "act", "injure"),  # けが
    ("病院をつなぐ道路を通じた輸送", "act", "answer"),
    ("軽油の価格を据え置いた", "act", "appoint"),
    ("大量破壊兵器の拡散を防ぐ会合", "act", "demolish"),
    ("国際空港の周辺で土砂崩れ", "act", "demolish"),
    ("国会は声明を重く受け止める", "act", "stop"),
    ("駅前の再開発を市が発表", "act", "resume"),
    ("韓国紙の特派員が伝えた", "act", "send"),
    ("政府は新たな売買契約した会社を公表", "act", "agree"),
    ("警察は男を指名手配した", "act", "appoint"),
    ("質問に答えながら市長は笑った", "act", "silent"),
    ("住民が不在者投票に並ぶ", "act", "absent"),
    ("制裁リストを更新する", "event", "strike_work"),  # ストを
    ("南北の共同行事を開く", "event", "escort"),  # 同行
    ("海上回廊が設けられる", "event", "overtake"),  # 上回
    ("裁判所は請求を容認", "act", "sue"),
    ("見通しは否定的だという", "mood", "denied"),
    ("北側の職員は上部の指示に従い撤収", "mood", "ordered"),
    ("米韓国防相会談を来月に", "actor", "south"),  # 米韓 + 国防
    ("黄海と日本海で捜索", "actor", "japan"),
    ("4日朝に統一相が会見", "actor", "both"),  # 日朝
    ("この種の事故は決して珍しくない", "act", "decide"),
    ("台風が九州に上陸した", "act", "visit"),
    ("島に平和が訪れる日", "act", "visit"),
    ("売上高は過去最高を更新した", "act", "extend"),
    ("首都と結ぶ直通電話の番号", "act", "restore"),  # 通電
    ("国連を通じた、息の長い支援", "act", "restore"),
    ("全通信員が集まる大会", "act", "open"),  # 全通
    ("御用納めの県庁", "event", "arrest"),
    ("大きな犠牲を払う覚悟", "act", "pay"),
    ("中国を始め、各国の代表", "act", "begin"),
    ("市長は期待に応えて走った", "act", "answer"),
    ("失った信頼を取り戻した", "act", "return"),
    ("不同意性交の罪で公判", "act", "reject"),
    ("金融政策の正常化を急ぐ", "act", "restore"),
    ("世論調査を担当する部署", "act", "investigate"),
    ("一石を投じた展覧会", "act", "spend"),
    ("命を絶つ若者が増加", "act", "cut"),
    ("開店休業の商店街", "act", "open"),
    ("腰を据えて読む本", "act", "appoint"),
    ("市民が不満を漏らした", "event", "leak_secret"),
    ("両国間の協定が結ばれ、貿易が伸びる", "event", "marry"),
    ("役者が会場から退場", "event", "suspend_player"),
    ("偵察衛星の模型を展示", "event", "patrol"),
]
CHINESE = [
    ("北京与首尔讨论有关停火的安排", "act", "close"),  # 关停
    ("代表团参加闭门会议", "act", "close"),
    ("修复工作仍在进行", "act", "return"),  # 复工
    ("选举的最终结果明天公布", "act", "stop"),  # 终结
    ("暂不实施新的规定", "act", "deny"),  # 不实
    ("事故导致电力供应紧张", "act", "notify"),  # 致电
    ("按照会议精神部署", "act", "notify"),  # 照会
    ("灾区恢复电力", "act", "answer"),  # 复电
    ("他尚未接种疫苗", "act", "silent"),  # 未接
    ("草案不通过", "act", "silent"),  # 不通
    ("总统接受采访时谈经济", "act", "accept"),
    ("专家研究人员不足", "act", "review"),
    ("达到世界先进水平", "act", "damage"),  # 进水
    ("警察到派出所报案", "act", "send"),  # 派出
    ("外贸进出口下滑", "act", "cross"),  # 进出
    ("联合国通过关于停火的文件", "act", "cross"),  # 过关
    ("针对调查展开质询", "act", "exchange"),  # 对调
    ("贸易人士表示担忧", "act", "replace"),  # 易人
    ("警方随后撤出大楼", "event", "retreat"),  # 后撤
    ("收入约十亿元", "event", "join"),  # 入约
    ("解放军举行训练", "event", "liberate"),
    ("双方不断交流经验", "event", "sever_ties"),  # 断交
    ("58名人员返回", "thing", "celebrity"),  # 名人
    ("该国家具有意义", "mood", "planned"),  # 有意
    ("两国暂停开会", "act", "open"),
    ("该岛暂停开放旅游", "act", "resume"),
    ("韩朝恢复通信", "act", "repair"),  # 复通
    ("总统重新设立顾问一职", "act", "open"),  # 新设
    ("示威者冲击中央大楼", "act", "attack"),  # 击中
    ("以交换文书方式成交", "act", "sign"),  # 换文
    ("居民要求赔偿", "act", "sue"),  # 求赔
    ("此举违反对朝制裁", "act", "reject"),  # 反对朝
    ("不结盟国家的声音", "act", "agree"),
    ("充分发挥作用", "act", "supply"),
    ("他历任上任总统的顾问", "act", "appoint"),
    ("不具名官员拒绝透露姓名", "act", "silent"),
    ("警方解除封锁", "act", "impose"),
    ("一批美国学生", "act", "condemn"),  # 批美
    ("光复节的由来", "event", "liberate"),
    ("他从台阶上撞击了一下钟", "event", "crash"),
    ("总统平安无事", "event", "survive"),
    ("两军在对岸相互威胁不断", "act", "threaten"),  # 威胁断
    ("新闻联播出台湾画面", "event", "impose"),  # 出台
]


def senses(text: str, lang: str) -> set[tuple[str, str]]:
    title = read(article(text, lang=lang), office()).title
    assert title is not None
    return {(hit.kind, hit.id) for hit in title.hits}


@pytest.mark.parametrize(("text", "kind", "id_"), JAPANESE)
def test_a_japanese_word_inside_another_says_nothing(text: str, kind: str, id_: str) -> None:
    assert (kind, id_) not in senses(text, "ja")


@pytest.mark.parametrize(("text", "kind", "id_"), CHINESE)
def test_a_chinese_word_inside_others_says_nothing(text: str, kind: str, id_: str) -> None:
    assert (kind, id_) not in senses(text, "zh")


@pytest.mark.parametrize(
    ("lang", "text", "act"),
    [
        ("ja", "北朝鮮、施設を一方的に撤去", "demolish"),
        ("ja", "作業員2人が大けが", "injure"),
        ("ja", "北朝鮮、計画を韓国側に伝えた", "notify"),
        ("ja", "北朝鮮、連絡事務所を断固として撤廃", "close"),
        ("ja", "韓国側の電話がつながらない", "silent"),
        ("ja", "監視団の要員が首都を後にした", "withdraw"),
        ("ja", "国連総長が首都に降り立つ", "visit"),
        ("ja", "労使交渉、話がまとまる", "agree"),
        ("ja", "組合、会社側の案を蹴る", "reject"),
        ("ja", "部隊を前線に展開", "deploy"),
        ("ja", "首相、離脱をちらつかせる", "threaten"),
        ("ja", "隣国、招待への返事なし", "silent"),
        ("ja", "隣国に会議の欠席を伝えた", "notify"),
        ("zh", "朝方未接电话", "silent"),
        ("ja", "旅客機が胴体着陸", "land"),
        ("ja", "元知事に恩赦を与える", "pardon"),
        ("zh", "航班取消 数千人滞留旅客中心", "disrupt"),
        ("zh", "前锋绝杀对手", "score"),
        ("zh", "軍方電話重新打通", "restore"),
        ("zh", "维和部队拔营回国", "withdraw"),
        ("zh", "工會拒簽協議", "reject"),
        ("zh", "邻国代表没来参加", "absent"),
        ("zh", "两家公司谈拢了", "agree"),
        ("zh", "部隊開進首都", "deploy"),
        ("zh", "总理拂袖而去", "withdraw"),
        ("zh", "老城墙被推平", "demolish"),
        ("zh", "首脑会晤再度延后", "delay"),
        ("zh", "韩国总统致电联合国", "notify"),
        ("zh", "平壤愿意接受邀请", "accept"),
        ("zh", "韩方向开城提供电力", "supply"),
    ],
)
def test_the_word_itself_still_tells_the_act(lang: str, text: str, act: str) -> None:
    assert act in {id_ for kind, id_ in senses(text, lang) if kind in ("act", "event")}
