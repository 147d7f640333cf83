import { CwKnowledgeBase } from '../components/knowledge-base/knowledge-base.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-knowledge-base', CwKnowledgeBase);
