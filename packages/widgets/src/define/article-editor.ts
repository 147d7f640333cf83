import { CwArticleEditor } from '../components/article-editor/article-editor.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-article-editor', CwArticleEditor);
